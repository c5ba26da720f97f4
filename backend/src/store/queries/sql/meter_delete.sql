DELETE FROM meter WHERE unit_id = ? AND meter_code = ?
