UPDATE programme SET withdrawn_by = $2, withdrawn_at = CAST($3 AS TIMESTAMP), withdrawn_because = $4
WHERE programme_id = $1 AND withdrawn_by IS NULL
