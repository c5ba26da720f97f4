SELECT item_id, unit_id, data_code FROM item
