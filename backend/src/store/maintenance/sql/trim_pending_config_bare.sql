-- Rows $1 to $2 whose messages are too large to be looked at.
INSERT INTO trimmed SELECT * REPLACE ('{}' AS message) FROM pending_config WHERE rowid BETWEEN $1 AND $2
