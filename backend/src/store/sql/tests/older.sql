-- A store as the program before 0013_uploads_of_nobody left it.
DROP TABLE marked_stamp;
