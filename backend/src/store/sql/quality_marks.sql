SELECT item_id, rule, day - DATE '1970-01-01', measure, settled FROM quality_mark WHERE unit_id = ?
