SELECT count(*) > 0 FROM below_unit WHERE unit_id = ? AND token_name = ?
