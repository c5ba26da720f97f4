-- A new version of a template; its number.
INSERT INTO document_template
SELECT $1, coalesce(max(version), 0) + 1, $2, $3, CAST($4 AS TIMESTAMP) FROM document_template WHERE kind = $1
RETURNING version
