-- A store as the program before 0013_uploads_of_nobody left it.
ALTER TABLE quality_unit DROP COLUMN judged_upload;
DROP TABLE marked_stamp;
