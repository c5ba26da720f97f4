INSERT INTO programme
SELECT coalesce(max(programme_id), 0) + 1, $1, $2, $3, $4, $5, CAST($6 AS TIMESTAMP), NULL, NULL, NULL FROM programme
RETURNING programme_id
