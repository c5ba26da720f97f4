SELECT count(*) FROM meter WHERE unit_id = ?
