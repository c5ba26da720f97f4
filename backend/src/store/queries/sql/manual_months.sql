-- Months from $3 to $4 of the item $2 of the unit $1: the value that was reported for each, the sum and the number of its days.
WITH own AS (SELECT item_id FROM item WHERE unit_id = $1 AND data_code = $2),
calendar AS (
    SELECT CAST(unnest(generate_series(CAST($3 AS DATE), CAST($4 AS DATE), INTERVAL 1 MONTH)) AS DATE) AS month
)
SELECT strftime(c.month, '%Y-%m'), any_value(m.quantity) FILTER (m.reported), coalesce(sum(d.quantity), 0),
       CAST(count(d.day) AS UINTEGER)
FROM own o CROSS JOIN calendar c
LEFT JOIN rollup_month m ON m.item_id = o.item_id AND m.month = c.month
LEFT JOIN rollup_day d ON d.item_id = o.item_id AND d.quantity IS NOT NULL AND d.day BETWEEN c.month AND last_day(c.month)
GROUP BY c.month ORDER BY c.month;
