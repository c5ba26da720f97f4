-- Approved devices with their units.
SELECT d.device_id, u.enterprise_code, u.name FROM device d JOIN unit u USING (unit_id)
WHERE d.state = 'approved' ORDER BY u.enterprise_code, d.device_id
