DELETE FROM quality_unit WHERE unit_id = ?
