-- Readings of units ($1, a list), each from its day of $2 to the end of its day of $3, with when each came first.
WITH asked AS (
    SELECT unnest(CAST($1 AS INTEGER[])) AS unit_id, DATE '1970-01-01' + unnest(CAST($2 AS INTEGER[])) AS first_day,
           DATE '1970-01-01' + unnest(CAST($3 AS INTEGER[])) + 1 AS next_day
), own AS (
    SELECT i.item_id, a.first_day, a.next_day FROM item i JOIN asked a USING (unit_id)
), came AS (
    SELECT o.item_id, o.stat_type, o.ts, min(s.received_at) AS first
    FROM reading_history o JOIN own USING (item_id) JOIN upload s ON s.upload_id = o.upload_id
    WHERE o.stat_type < 2 AND o.ts >= own.first_day AND o.ts < own.next_day
    GROUP BY ALL
)
SELECT r.item_id, r.stat_type, epoch_ms(r.ts) // 1000, r.value, r.valid,
       epoch_ms(coalesce(c.first, u.received_at)) // 1000
FROM reading r JOIN own USING (item_id)
LEFT JOIN upload u ON u.upload_id = r.upload_id
LEFT JOIN came c ON c.item_id = r.item_id AND c.stat_type = r.stat_type AND c.ts = r.ts
WHERE r.stat_type < 2 AND r.ts >= own.first_day AND r.ts < own.next_day
  AND r.ts >= DATE '1970-01-01' + list_min(CAST($2 AS INTEGER[]))
  AND r.ts < DATE '1970-01-01' + list_max(CAST($3 AS INTEGER[])) + 1
ORDER BY r.item_id, r.stat_type, r.ts;
