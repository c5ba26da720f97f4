DELETE FROM link_member WHERE upper = $1 AND list_contains(CAST($2 AS INTEGER[]), unit_id)
