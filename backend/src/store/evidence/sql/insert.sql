INSERT INTO evidence_file
SELECT coalesce(max(file_id), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, CAST($9 AS TIMESTAMP) FROM evidence_file
RETURNING file_id
