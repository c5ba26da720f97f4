-- Months and years of a unit ($1) that begin from $2 to $3: item, stat type, first day, value, whether it is valid, when it
-- came first; and what months come to, as stat type 9.
WITH own AS (SELECT item_id FROM item WHERE unit_id = $1),
came AS (
    SELECT o.item_id, o.stat_type, o.ts, min(s.received_at) AS first
    FROM reading_history o JOIN own USING (item_id) JOIN upload s ON s.upload_id = o.upload_id
    WHERE o.stat_type IN (2, 3) AND o.ts >= CAST($2 AS DATE) AND o.ts <= CAST($3 AS DATE)
    GROUP BY ALL
)
SELECT r.item_id, r.stat_type, CAST(r.ts AS DATE) - DATE '1970-01-01', r.value, r.valid,
       epoch_ms(coalesce(c.first, u.received_at)) // 1000
FROM reading r JOIN own USING (item_id)
LEFT JOIN upload u ON u.upload_id = r.upload_id
LEFT JOIN came c ON c.item_id = r.item_id AND c.stat_type = r.stat_type AND c.ts = r.ts
WHERE r.stat_type IN (2, 3) AND r.ts >= CAST($2 AS DATE) AND r.ts <= CAST($3 AS DATE)
UNION ALL
SELECT m.item_id, 9, m.month - DATE '1970-01-01', m.quantity, true, 0
FROM rollup_month m JOIN own USING (item_id)
WHERE m.quantity IS NOT NULL AND (m.reported OR m.days > 0) AND m.month BETWEEN CAST($2 AS DATE) AND CAST($3 AS DATE);
