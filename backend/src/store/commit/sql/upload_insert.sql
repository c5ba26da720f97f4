-- Uploads in the table's order of columns; the rows of values follow.
INSERT INTO upload VALUES
