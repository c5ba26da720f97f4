-- The device that the unit of the device $1 had before it, and what it sent.
WITH this AS (SELECT unit_id, registered_at FROM device WHERE device_id = $1),
before AS (
    SELECT d.device_id, d.state, d.registered_at
    FROM device d JOIN this t USING (unit_id)
    WHERE d.device_id <> $1 AND d.registered_at <= t.registered_at
    ORDER BY d.registered_at DESC LIMIT 1
)
SELECT b.device_id, b.state, strftime(b.registered_at, '%Y-%m-%d %H:%M:%S'),
       strftime(max(u.received_at), '%Y-%m-%d %H:%M:%S'), count(u.upload_id)
FROM before b LEFT JOIN upload u ON u.sent_by = b.device_id AND u.kind = 'energy'
GROUP BY ALL
