-- The real-time items of one unit ($1), whole-plant electricity before others.
SELECT item_id, data_code FROM item
WHERE unit_id = $1 AND realtime_from IS NOT NULL
ORDER BY scope, energy_type = '3300' AND data_class = 2 DESC, points_per_day DESC, data_code;
