DELETE FROM pending_reading WHERE device_id = ?
