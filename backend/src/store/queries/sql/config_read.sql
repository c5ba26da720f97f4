SELECT config FROM unit WHERE unit_id = ?
