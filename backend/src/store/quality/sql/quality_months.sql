-- Months and years of units ($1, a list) that begin from each one's day of $2 to its day of $3: item, stat type, first day,
-- value, whether it is valid, when it came first; and what months come to, without a stat type.
WITH asked AS (
    SELECT unnest(CAST($1 AS INTEGER[])) AS unit_id, DATE '1970-01-01' + unnest(CAST($2 AS INTEGER[])) AS first_day,
           DATE '1970-01-01' + unnest(CAST($3 AS INTEGER[])) AS last_day
), own AS (
    SELECT i.item_id, a.first_day, a.last_day FROM item i JOIN asked a USING (unit_id)
), came AS (
    SELECT o.item_id, o.stat_type, o.ts, min(s.received_at) AS first
    FROM reading_history o JOIN own USING (item_id) JOIN upload s ON s.upload_id = o.upload_id
    WHERE o.stat_type IN (2, 3) AND o.ts BETWEEN own.first_day AND own.last_day
    GROUP BY ALL
)
SELECT r.item_id, r.stat_type, CAST(r.ts AS DATE) - DATE '1970-01-01', r.value, r.valid,
       epoch_ms(coalesce(c.first, u.received_at)) // 1000
FROM reading r JOIN own USING (item_id)
LEFT JOIN upload u ON u.upload_id = r.upload_id
LEFT JOIN came c ON c.item_id = r.item_id AND c.stat_type = r.stat_type AND c.ts = r.ts
WHERE r.stat_type IN (2, 3) AND r.ts BETWEEN own.first_day AND own.last_day
  AND r.ts >= DATE '1970-01-01' + list_min(CAST($2 AS INTEGER[]))
  AND r.ts <= DATE '1970-01-01' + list_max(CAST($3 AS INTEGER[]))
UNION ALL
SELECT m.item_id, NULL, m.month - DATE '1970-01-01', m.quantity, true, 0
FROM rollup_month m JOIN own USING (item_id)
WHERE m.quantity IS NOT NULL AND (m.reported OR m.days > 0) AND m.month BETWEEN own.first_day AND own.last_day;
