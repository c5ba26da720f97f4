INSERT INTO unit_share
SELECT coalesce(max(share_id), 0) + 1, $1, $2, $3, CAST($4 AS DATE), $5, $6, CAST($7 AS TIMESTAMP), NULL, NULL FROM unit_share
RETURNING share_id
