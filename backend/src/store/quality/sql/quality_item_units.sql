SELECT item_id, unit_id FROM item
