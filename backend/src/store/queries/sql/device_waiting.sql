-- The first readings of the device $1 that wait for its approval, $2 at most, in the order in which they came.
SELECT data_code, stat_type, strftime(ts, '%Y-%m-%d %H:%M:%S'), value, count(*) OVER ()
FROM pending_reading WHERE device_id = $1 ORDER BY upload_id, ts, data_code LIMIT $2
