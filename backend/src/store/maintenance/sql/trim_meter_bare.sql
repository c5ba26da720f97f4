-- Rows $1 to $2 whose texts are too large to be looked at.
INSERT INTO trimmed SELECT * REPLACE ('{}' AS raw) FROM meter WHERE rowid BETWEEN $1 AND $2
