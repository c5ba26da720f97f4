-- Received and expected points, hand entries and tce on a basis ($4) of one unit ($1) by day, $2 to $3;
-- nothing is expected after the horizon ($5).
WITH calendar AS (
    SELECT CAST(unnest(generate_series(CAST($2 AS DATE), CAST($3 AS DATE), INTERVAL 1 DAY)) AS DATE) AS day
),
counted AS (
    SELECT item_id, points_per_day AS ppd, first_day, realtime_from FROM v_counted_item
    WHERE unit_id = $1 AND points_per_day > 0
),
point AS (
    SELECT k.day,
           sum(received_points(c.ppd, c.realtime_from, k.day, d.received, d.quantity)) AS received,
           sum(expected_points(c.ppd, c.realtime_from, k.day, k.day))
               FILTER (WHERE k.day <= CAST($5 AS DATE)) AS expected,
           bool_or(d.manual) AS manual
    FROM calendar k
    JOIN counted c ON k.day >= c.first_day
    LEFT JOIN rollup_day d ON d.item_id = c.item_id AND d.day = k.day
    GROUP BY k.day
),
energy AS (
    SELECT day, sum(tce) AS tce FROM v_energy_day
    WHERE unit_id = $1 AND basis = $4 AND day BETWEEN CAST($2 AS DATE) AND CAST($3 AS DATE)
    GROUP BY day
)
SELECT CAST(k.day AS VARCHAR), CAST(coalesce(p.received, 0) AS UINTEGER), CAST(coalesce(p.expected, 0) AS UINTEGER),
       coalesce(p.manual, false), e.tce
FROM calendar k LEFT JOIN point p USING (day) LEFT JOIN energy e USING (day)
ORDER BY k.day;
