-- Mean of the hourly sums of an item ($1) by weekday (1 = Monday) and hour, from $2 to before $3. An hour counts with all its
-- points.
WITH hourly AS (
    SELECT date_trunc('hour', r.ts) AS hour, sum(r.value) AS value
    FROM reading r JOIN item i USING (item_id)
    WHERE r.item_id = $1 AND r.stat_type = 0 AND r.valid AND r.ts >= CAST($2 AS TIMESTAMP) AND r.ts < CAST($3 AS TIMESTAMP)
    GROUP BY date_trunc('hour', r.ts), i.points_per_day
    HAVING count(*) >= i.points_per_day // 24
)
SELECT CAST(isodow(hour) AS INTEGER), CAST(hour(hour) AS INTEGER), avg(value) FROM hourly GROUP BY ALL;
