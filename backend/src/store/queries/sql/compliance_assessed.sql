-- Days of the unit $1 that the quality rules have assessed, by month from the day $2 on.
SELECT CAST(date_trunc('month', day) AS VARCHAR), count(DISTINCT day) FROM quality_day
WHERE unit_id = $1 AND day >= CAST($2 AS DATE) GROUP BY ALL ORDER BY ALL;
