SELECT d.device_id, d.unit_id, d.state, d.upload_time, strftime(d.last_seen, '%Y-%m-%d %H:%M:%S') FROM device d
ORDER BY d.registered_at, d.device_id
