DELETE FROM link_due WHERE upper = $1
  AND item_id IN (SELECT item_id FROM item WHERE list_contains(CAST($2 AS INTEGER[]), unit_id))
