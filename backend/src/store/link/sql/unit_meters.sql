SELECT raw FROM meter WHERE unit_id = ? ORDER BY meter_code
