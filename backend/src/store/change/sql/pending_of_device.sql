SELECT data_code, stat_type, epoch_ms(ts) // 1000, value, valid, input_type, upload_id
FROM pending_reading WHERE device_id = ? ORDER BY upload_id, rowid
