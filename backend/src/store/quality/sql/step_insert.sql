INSERT INTO finding_step
SELECT coalesce(max(step_id), 0) + 1, $1, CAST($2 AS TIMESTAMP), $3, $4, $5, $6, $7, $8 FROM finding_step
