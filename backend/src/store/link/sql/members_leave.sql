UPDATE link_member SET left_at = CAST($3 AS TIMESTAMP) WHERE upper = $1 AND list_contains(CAST($2 AS INTEGER[]), unit_id)
