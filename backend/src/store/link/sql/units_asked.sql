UPDATE link_unit SET asked_at = CAST($3 AS TIMESTAMP)
WHERE upper = $1 AND asked_at IS NULL AND list_contains(CAST($2 AS INTEGER[]), unit_id)
