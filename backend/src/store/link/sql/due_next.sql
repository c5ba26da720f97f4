-- The next $4 item-days for the platform above $1, and their values of the stat types $5: days from $2 on first, then the
-- oldest. Units that rest after a failure until later than $3 wait.
WITH next AS (
    SELECT d.item_id, d.day, i.unit_id, d.change, i.data_code
    FROM link_due d JOIN item i USING (item_id)
    LEFT JOIN link_unit u ON u.upper = d.upper AND u.unit_id = i.unit_id
    WHERE d.upper = $1 AND (u.next_at IS NULL OR u.next_at <= CAST($3 AS TIMESTAMP))
    ORDER BY d.day >= CAST($2 AS DATE) DESC, d.day, i.unit_id, d.item_id LIMIT $4
)
SELECT n.item_id, CAST(n.day - DATE '1970-01-01' AS INTEGER), n.unit_id, n.change, n.data_code, s.upto, s.content,
       r.stat_type, CAST(epoch(r.ts) AS BIGINT), r.value, r.valid, r.input_type, r.upload_id
FROM next n
LEFT JOIN link_sent s ON s.upper = $1 AND s.item_id = n.item_id AND s.day = n.day
LEFT JOIN (
    SELECT * FROM reading WHERE list_contains(CAST($5 AS UTINYINT[]), stat_type)
    AND ts >= (SELECT min(day) FROM next) AND ts < (SELECT max(day) + INTERVAL 1 DAY FROM next)
) r ON r.item_id = n.item_id AND CAST(r.ts AS DATE) = n.day
