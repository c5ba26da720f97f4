-- Received and expected points of every unit and month up to the horizon ($1, yesterday).
-- Expected: the item's rhythm on days from its first real-time day on, one a day before that.
WITH counted AS (
    SELECT unit_id, item_id, points_per_day AS ppd, first_day, realtime_from
    FROM v_counted_item
    WHERE points_per_day > 0 AND first_day <= CAST($1 AS DATE)
),
came AS (
    SELECT c.unit_id, date_trunc('month', d.day) AS month,
           sum(CASE WHEN d.day >= c.realtime_from THEN least(d.received, c.ppd)
                    WHEN d.quantity IS NOT NULL THEN 1 ELSE 0 END) AS received
    FROM counted c JOIN rollup_day d USING (item_id)
    WHERE d.day BETWEEN c.first_day AND CAST($1 AS DATE)
    GROUP BY ALL
),
calendar AS (
    SELECT CAST(unnest(generate_series(date_trunc('month', min(first_day)), CAST($1 AS DATE), INTERVAL 1 MONTH)) AS DATE) AS month
    FROM counted
),
overlap AS (
    SELECT c.unit_id, m.month, c.ppd, c.realtime_from,
           greatest(m.month, c.first_day) AS a, least(last_day(m.month), CAST($1 AS DATE)) AS b
    FROM counted c JOIN calendar m ON last_day(m.month) >= c.first_day
),
due AS (
    SELECT unit_id, month,
           sum((b - a + 1) + CASE WHEN realtime_from IS NULL THEN 0
                           ELSE greatest(0, b - greatest(a, realtime_from) + 1) END * (ppd - 1)) AS expected
    FROM overlap GROUP BY ALL
)
SELECT d.unit_id, CAST(year(d.month) * 12 + month(d.month) - 1 AS INTEGER),
       CAST(coalesce(c.received, 0) AS UINTEGER), CAST(d.expected AS UINTEGER)
FROM due d LEFT JOIN came c ON c.unit_id = d.unit_id AND c.month = d.month;
