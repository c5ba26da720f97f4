-- The real-time item of one unit ($1) with a code ($2), else whole-plant electricity before others; its values a day.
SELECT item_id, data_code, CAST(coalesce(points_per_day, 0) AS UINTEGER) FROM item
WHERE unit_id = $1 AND ($2 = '' OR data_code = $2) AND realtime_from IS NOT NULL
ORDER BY scope, energy_type = '3300' AND data_class = 2 DESC, points_per_day DESC, data_code
LIMIT 1;
