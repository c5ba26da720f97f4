DELETE FROM below_unit WHERE unit_id = ?
