DELETE FROM collect_item WHERE unit_id = ?
