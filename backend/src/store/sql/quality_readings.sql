-- Readings of items ($1, a list) from $2 to the end of $3, with when each came first.
SELECT r.item_id, r.stat_type, epoch_ms(r.ts) // 1000, r.value, r.valid,
       epoch_ms(coalesce(h.first, u.received_at)) // 1000
FROM reading r
LEFT JOIN upload u ON u.upload_id = r.upload_id
LEFT JOIN (
    SELECT o.item_id, o.stat_type, o.ts, min(s.received_at) AS first
    FROM reading_history o JOIN upload s ON s.upload_id = o.upload_id
    WHERE o.item_id IN (SELECT unnest(CAST($1 AS INTEGER[])))
      AND o.ts >= CAST($2 AS DATE) AND o.ts < CAST($3 AS DATE) + 1
    GROUP BY ALL
) h ON h.item_id = r.item_id AND h.stat_type = r.stat_type AND h.ts = r.ts
WHERE r.item_id IN (SELECT unnest(CAST($1 AS INTEGER[]))) AND r.stat_type < 2
  AND r.ts >= CAST($2 AS DATE) AND r.ts < CAST($3 AS DATE) + 1
ORDER BY r.item_id, r.stat_type, r.ts;
