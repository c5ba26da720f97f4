-- Approved devices with their units and the edition of the dictionaries that they downloaded last.
SELECT u.enterprise_code, u.name, l.dic_version, strftime(l.downloaded_at, '%Y-%m-%d %H:%M:%S')
FROM device d JOIN unit u USING (unit_id) LEFT JOIN dictionary_download l USING (device_id)
WHERE d.state = 'approved' ORDER BY u.enterprise_code, d.device_id
