-- The median, over the units of a division that have the item ($1 of them at least), of each one's usual day.
WITH own AS (
    SELECT i.item_id, i.data_code, left(u.industry_code, 3) AS division, median(m.quantity / m.days) AS usual
    FROM rollup_month m JOIN item i USING (item_id) JOIN unit u USING (unit_id)
    WHERE i.data_class <= 4 AND m.days > 0 AND m.quantity > 0
    GROUP BY ALL
)
SELECT item_id, median(usual) OVER (PARTITION BY division, data_code)
FROM own
QUALIFY count(*) OVER (PARTITION BY division, data_code) >= $1
