-- Readings of units ($1, a list) from each one's day of $2 on whose stamp lay off the start of its period, where that
-- upload's value still stands: unit, item, stat type, start, seconds off, when it came.
WITH asked AS (
    SELECT unnest(CAST($1 AS INTEGER[])) AS unit_id, DATE '1970-01-01' + unnest(CAST($2 AS INTEGER[])) AS first_day
)
SELECT u.unit_id, i.item_id, m.stat_type, epoch_ms(m.ts) // 1000, m.off_seconds, epoch_ms(u.received_at) // 1000
FROM marked_stamp m
JOIN upload u USING (upload_id)
JOIN asked a USING (unit_id)
JOIN item i ON i.unit_id = u.unit_id AND i.data_code = m.data_code
JOIN reading r ON r.item_id = i.item_id AND r.stat_type = m.stat_type AND r.ts = m.ts AND r.upload_id = m.upload_id
WHERE m.ts >= a.first_day
ORDER BY m.ts, i.item_id;
