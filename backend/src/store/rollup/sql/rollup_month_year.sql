-- Follows rollup_month_parts.sql, for items that have a value of the whole year (stat type 3): where nothing finer came for
-- any part of the year, its months are the year by their days; factors and indicators are the year's in each of them.
-- Such months are not reported and have no days.
, wanted AS (
    SELECT DISTINCT item_id, CAST(date_trunc('year', month) AS DATE) AS year FROM changed_month
), finer AS (
    SELECT w.item_id, w.year FROM wanted w
    JOIN rollup_day r ON r.item_id = w.item_id AND CAST(date_trunc('year', r.day) AS DATE) = w.year
    WHERE r.quantity IS NOT NULL
    UNION
    SELECT w.item_id, w.year FROM wanted w
    JOIN reading r ON r.item_id = w.item_id AND CAST(date_trunc('year', r.ts) AS DATE) = w.year
    WHERE r.stat_type = 2 AND r.valid
), spread AS (
    SELECT d.item_id, d.month,
           CASE WHEN is_averaged(any_value(i.data_class)) THEN max(r.value)
                ELSE max(r.value) * day(last_day(d.month)) / dayofyear(CAST(date_trunc('year', d.month) + INTERVAL 1 YEAR - INTERVAL 1 DAY AS DATE))
           END AS quantity
    FROM changed_month d
    JOIN item i ON i.item_id = d.item_id
    JOIN reading r ON r.item_id = d.item_id AND r.stat_type = 3 AND r.valid AND r.ts = date_trunc('year', d.month)
    ANTI JOIN finer f ON f.item_id = d.item_id AND f.year = CAST(date_trunc('year', d.month) AS DATE)
    GROUP BY d.item_id, d.month
), parts AS (
    SELECT item_id, month, quantity, 0 AS days, 1 AS part FROM reported
    UNION ALL SELECT item_id, month, quantity, days, 2 FROM days
    UNION ALL SELECT item_id, month, quantity, 0, 3 FROM spread
)
SELECT item_id, month,
       coalesce(max(quantity) FILTER (part = 1), max(quantity) FILTER (part = 2), max(quantity) FILTER (part = 3)),
       coalesce(bool_or(part = 1), false), coalesce(max(days) FILTER (part = 2), 0)
FROM parts GROUP BY item_id, month;
