INSERT INTO unit_plan
SELECT coalesce(max(plan_id), 0) + 1, $1, $2, $3, $4, CAST($5 AS TIMESTAMP) FROM unit_plan
