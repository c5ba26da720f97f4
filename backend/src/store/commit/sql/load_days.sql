-- Which days each item and stat type has or had, and whether finer than hourly: fills the writer's memory at the start.
SELECT item_id, stat_type, CAST(ts AS DATE) - DATE '1970-01-01' AS day, bool_or(minute(ts) <> 0) AS fine
FROM reading GROUP BY ALL
UNION ALL
SELECT item_id, stat_type, day - DATE '1970-01-01', fine FROM retired_day
