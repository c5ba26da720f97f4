SELECT data_code, stat_type, name, value_max, value_min FROM collect_item WHERE unit_id = ? ORDER BY data_code, stat_type
