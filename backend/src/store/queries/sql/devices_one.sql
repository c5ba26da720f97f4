SELECT d.device_id, u.enterprise_code, u.name, u.region_code, d.state,
       strftime(d.registered_at, '%Y-%m-%d %H:%M:%S'), strftime(d.approved_at, '%Y-%m-%d %H:%M:%S'), d.approved_by,
       d.upload_time, strftime(d.last_seen, '%Y-%m-%d %H:%M:%S')
FROM device d JOIN unit u USING (unit_id) WHERE d.device_id = ?
