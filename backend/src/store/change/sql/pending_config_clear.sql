DELETE FROM pending_config WHERE device_id = ?
