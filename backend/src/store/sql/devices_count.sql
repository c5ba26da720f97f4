SELECT count(*) FROM device d JOIN unit u USING (unit_id)
WHERE $1 IN ('', d.state) AND ($2 = '' OR contains(d.device_id, $2) OR contains(u.enterprise_code, $2) OR contains(u.name, $2))
