SELECT d.device_id, u.enterprise_code, u.name, u.region_code, d.state,
       strftime(d.registered_at, '%Y-%m-%d %H:%M:%S'), strftime(d.approved_at, '%Y-%m-%d %H:%M:%S'), d.approved_by,
       d.upload_time, strftime(d.last_seen, '%Y-%m-%d %H:%M:%S')
FROM device d JOIN unit u USING (unit_id)
WHERE $1 IN ('', d.state) AND ($2 = '' OR contains(d.device_id, $2) OR contains(u.enterprise_code, $2) OR contains(u.name, $2))
  AND d.device_id > $3
ORDER BY d.device_id LIMIT $4
