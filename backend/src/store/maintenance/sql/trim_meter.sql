-- Rows $1 to $2 without what came beside the known attributes, where it is longer than $3 bytes.
INSERT INTO trimmed
SELECT * REPLACE (CASE WHEN strlen(raw) > $3 THEN '{}' ELSE raw END AS raw) FROM meter WHERE rowid BETWEEN $1 AND $2
