-- Items of a unit ($1) with a daily rhythm, and their configured bounds by stat type.
SELECT i.item_id, i.data_code, i.data_class, i.points_per_day, i.first_day - DATE '1970-01-01', i.realtime_from - DATE '1970-01-01',
       max(c.value_min) FILTER (c.stat_type = 0), max(c.value_max) FILTER (c.stat_type = 0),
       max(c.value_min) FILTER (c.stat_type = 1), max(c.value_max) FILTER (c.stat_type = 1)
FROM item i
LEFT JOIN collect_item c ON c.unit_id = i.unit_id AND c.data_code = i.data_code
WHERE i.unit_id = $1 AND i.points_per_day > 0
GROUP BY ALL
ORDER BY i.item_id;
