UPDATE replacement SET state = $1, decided_at = CAST($2 AS TIMESTAMP), decided_by = $3, decision_id = $4
WHERE state = 'open' AND list_contains(CAST($5 AS INTEGER[]), replacement_id)
