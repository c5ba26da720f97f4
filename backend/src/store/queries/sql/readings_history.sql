-- Replaced values of a unit ($1) by code ($2, '' = all) with a time from $3 to $4, newest first.
SELECT h.item_id, h.stat_type, strftime(h.ts, '%Y-%m-%d %H:%M:%S'), h.value, h.upload_id,
       coalesce(strftime(u.received_at, '%Y-%m-%d %H:%M:%S'), ''), coalesce(u.sent_by, ''),
       strftime(h.replaced_at, '%Y-%m-%d %H:%M:%S'), h.valid, h.replaced_by, coalesce(n.sent_by, ''), r.decided_by
FROM item i
JOIN reading_history h USING (item_id)
LEFT JOIN upload u ON u.upload_id = h.upload_id
LEFT JOIN upload n ON n.upload_id = h.replaced_by
LEFT JOIN replacement r ON r.item_id = h.item_id AND r.stat_type = h.stat_type AND r.ts = h.ts
  AND r.upload_id = h.replaced_by AND r.state = 'approved'
WHERE i.unit_id = $1 AND ($2 = '' OR i.data_code = $2)
  AND h.ts >= CAST($3 AS TIMESTAMP) AND h.ts <= CAST($4 AS TIMESTAMP)
ORDER BY h.rowid DESC; -- as they came, whatever the clock said
