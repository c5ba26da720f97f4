UPDATE replacement SET state = $1, decided_at = CAST($2 AS TIMESTAMP), decided_by = $3
WHERE state = 'open' AND list_contains(CAST($4 AS INTEGER[]), replacement_id)
