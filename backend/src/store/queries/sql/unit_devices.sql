-- Devices of one unit ($1), newest first.
SELECT device_id, state, strftime(registered_at, '%Y-%m-%d %H:%M:%S'), strftime(approved_at, '%Y-%m-%d %H:%M:%S'),
       approved_by, upload_time, strftime(last_seen, '%Y-%m-%d %H:%M:%S')
FROM device WHERE unit_id = $1 ORDER BY registered_at DESC, device_id;
