-- Rows $1 to $2 without messages of more than $3 bytes: the terminal sends them again.
INSERT INTO trimmed
SELECT * REPLACE (CASE WHEN strlen(message) > $3 THEN '{}' ELSE message END AS message)
FROM pending_config WHERE rowid BETWEEN $1 AND $2
