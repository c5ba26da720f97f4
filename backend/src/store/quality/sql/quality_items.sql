-- Items of units ($1, a list) with their configured bounds by stat type; of quantities that have no days the first month
-- with a figure, and whether months are reported; last the unit's region.
WITH own AS (
    SELECT i.* FROM (SELECT unnest(CAST($1 AS INTEGER[])) AS unit_id) JOIN item i USING (unit_id)
), coarse AS (
    SELECT item_id, min(month) AS first_month, bool_or(reported) AS monthly
    FROM rollup_month JOIN own USING (item_id)
    WHERE points_per_day = 0 AND data_class <= 4 AND quantity IS NOT NULL GROUP BY item_id
)
SELECT i.item_id, i.unit_id, i.data_code, i.data_class, i.points_per_day,
       i.first_day - DATE '1970-01-01', i.realtime_from - DATE '1970-01-01',
       max(c.value_min) FILTER (c.stat_type = 0), max(c.value_max) FILTER (c.stat_type = 0),
       max(c.value_min) FILTER (c.stat_type = 1), max(c.value_max) FILTER (c.stat_type = 1),
       max(c.value_min) FILTER (c.stat_type = 2), max(c.value_max) FILTER (c.stat_type = 2),
       k.first_month - DATE '1970-01-01', coalesce(k.monthly, false), any_value(u.region_code)
FROM own i JOIN unit u ON u.unit_id = i.unit_id
LEFT JOIN coarse k ON k.item_id = i.item_id
LEFT JOIN collect_item c ON c.unit_id = i.unit_id AND c.data_code = i.data_code
WHERE i.points_per_day > 0 OR k.first_month IS NOT NULL
GROUP BY ALL
ORDER BY i.unit_id, i.item_id;
