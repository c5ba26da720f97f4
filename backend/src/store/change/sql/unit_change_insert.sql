INSERT INTO unit_change
SELECT coalesce(max(change_id), 0) + 1, $1, $2, NULL, $3, $4, CAST($5 AS TIMESTAMP), 'pending', NULL, NULL, NULL FROM unit_change
