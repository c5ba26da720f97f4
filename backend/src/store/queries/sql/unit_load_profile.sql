-- Mean of the hourly sums of an item ($1) by weekday (1 = Monday) and hour, from $2 to before $3.
WITH hourly AS (
    SELECT date_trunc('hour', ts) AS hour, sum(value) AS value
    FROM reading
    WHERE item_id = $1 AND stat_type = 0 AND valid AND ts >= CAST($2 AS TIMESTAMP) AND ts < CAST($3 AS TIMESTAMP)
    GROUP BY ALL
)
SELECT CAST(isodow(hour) AS INTEGER), CAST(hour(hour) AS INTEGER), avg(value) FROM hourly GROUP BY ALL;
