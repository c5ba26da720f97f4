-- Readings of a unit ($1) by code ($2, '' = all), stat type ($3, −1 = all), from $4 to before $5 ('' = open),
-- after the place of the cursor ($6 time, '' = from the start; $7 item, $8 stat type), at most $9.
SELECT i.item_id, i.data_code, r.stat_type, strftime(r.ts, '%Y-%m-%d %H:%M:%S'), r.value, r.valid, r.input_type,
       r.upload_id, coalesce(strftime(u.received_at, '%Y-%m-%d %H:%M:%S'), ''), coalesce(u.sent_by, '')
FROM item i
JOIN reading r USING (item_id)
LEFT JOIN upload u ON u.upload_id = r.upload_id
WHERE i.unit_id = $1 AND ($2 = '' OR i.data_code = $2) AND ($3 < 0 OR r.stat_type = $3)
  AND ($4 = '' OR r.ts >= TRY_CAST($4 AS TIMESTAMP)) AND ($5 = '' OR r.ts < TRY_CAST($5 AS TIMESTAMP))
  AND ($6 = '' OR r.ts > TRY_CAST($6 AS TIMESTAMP)
       OR (r.ts = TRY_CAST($6 AS TIMESTAMP) AND (r.item_id > $7 OR (r.item_id = $7 AND r.stat_type > $8))))
ORDER BY r.ts, r.item_id, r.stat_type
LIMIT $9;
