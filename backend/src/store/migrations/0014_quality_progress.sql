-- How far each unit is judged: a start after a stop judges only what came later.
ALTER TABLE quality_unit ADD COLUMN judged_upload INTEGER DEFAULT 0;
