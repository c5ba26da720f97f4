DELETE FROM meter WHERE unit_id = ?
