-- Columns and values in the words of the glossary.
UPDATE quality_finding SET state = 'waived' WHERE state = 'excused';
ALTER TABLE quality_finding RENAME COLUMN excuse_reason TO waive_reason;
ALTER TABLE quality_finding RENAME COLUMN excused_by TO waived_by;
ALTER TABLE quality_finding RENAME COLUMN excused_at TO waived_at;
ALTER TABLE upload RENAME COLUMN held TO awaiting_approval;
ALTER TABLE bulk_upload RENAME COLUMN held TO awaiting_approval;
UPDATE bulk_result SET outcome = 'awaiting_approval' WHERE outcome = 'held';
