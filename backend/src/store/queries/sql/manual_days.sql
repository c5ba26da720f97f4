-- Each day from $3 to $4 of the item $2 of the unit $1: its value, whether it was typed by hand, the value of the whole plant that it
-- is a part of, and the sum of the other parts of the same energy type and usage. Parts are items of processes.
WITH own AS (SELECT * FROM item WHERE unit_id = $1 AND data_code = $2),
calendar AS (
    SELECT CAST(unnest(generate_series(CAST($3 AS DATE), CAST($4 AS DATE), INTERVAL 1 DAY)) AS DATE) AS day
),
related AS (
    SELECT d.day, sum(d.quantity) FILTER (i.scope = 1) AS whole, sum(d.quantity) FILTER (i.scope = 2) AS parts
    FROM item i
    JOIN own o ON i.unit_id = o.unit_id AND i.energy_type = o.energy_type AND i.usage = o.usage AND i.data_class = o.data_class
         AND i.item_id <> o.item_id AND i.scope IN (1, 2) AND o.scope IN (1, 2)
    JOIN rollup_day d ON d.item_id = i.item_id AND d.day BETWEEN CAST($3 AS DATE) AND CAST($4 AS DATE)
    GROUP BY d.day
)
SELECT CAST(c.day AS VARCHAR), d.quantity, coalesce(d.manual, false), CASE WHEN o.scope = 2 THEN r.whole END, r.parts
FROM own o CROSS JOIN calendar c
LEFT JOIN rollup_day d ON d.item_id = o.item_id AND d.day = c.day
LEFT JOIN related r ON r.day = c.day
ORDER BY c.day;
