-- Received and expected points by unit, energy type and day from $1 to $2 (the caller ends them at yesterday),
-- days since 1970-01-01.
WITH calendar AS (
    SELECT CAST(unnest(generate_series(CAST($1 AS DATE), CAST($2 AS DATE), INTERVAL 1 DAY)) AS DATE) AS day
),
counted AS (
    SELECT unit_id, energy_type, item_id, points_per_day AS ppd, first_day, realtime_from
    FROM v_counted_item
    WHERE points_per_day > 0 AND first_day <= CAST($2 AS DATE)
)
SELECT c.unit_id, c.energy_type, CAST(k.day - DATE '1970-01-01' AS INTEGER),
       CAST(sum(received_points(c.ppd, c.realtime_from, k.day, d.received, d.quantity)) AS UINTEGER),
       CAST(sum(expected_points(c.ppd, c.realtime_from, k.day, k.day)) AS UINTEGER)
FROM counted c
JOIN calendar k ON k.day >= c.first_day
LEFT JOIN rollup_day d ON d.item_id = c.item_id AND d.day = k.day
GROUP BY ALL;
