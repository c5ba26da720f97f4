-- The quality rules assess days; columns and keys say so.
ALTER TABLE quality_unit RENAME COLUMN judged_on TO assessed_on;
ALTER TABLE quality_unit RENAME COLUMN judged_upload TO assessed_upload;
UPDATE meta SET key = 'quality_assessed_up_to' WHERE key = 'quality_judged_up_to';
