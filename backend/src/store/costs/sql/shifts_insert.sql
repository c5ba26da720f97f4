INSERT INTO unit_shifts
SELECT coalesce(max(shifts_id), 0) + 1, $1, $2, $3, CAST($4 AS TIMESTAMP) FROM unit_shifts
