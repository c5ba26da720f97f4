DELETE FROM link_unit WHERE upper = ? AND unit_id IN (SELECT unit_id FROM link_unit_done)
