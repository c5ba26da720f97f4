SELECT item_id, data_code FROM item
