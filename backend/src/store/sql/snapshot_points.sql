-- Received and expected points of the units $1 (ids, comma-separated) by energy type and month up to the horizon
-- ($2, yesterday). Expected: the item's rhythm on days from its first real-time day on, one a day before that. An item
-- that has no days is due once a month: ten days after the month, or 31 after the year where only years come.
WITH counted AS (
    SELECT unit_id, energy_type, item_id, points_per_day AS ppd, first_day, realtime_from
    FROM v_counted_item
    JOIN (SELECT unnest(CAST(string_split($1, ',') AS INTEGER[])) AS unit_id) wanted USING (unit_id)
    WHERE points_per_day > 0 AND first_day <= CAST($2 AS DATE)
),
came AS (
    SELECT c.unit_id, c.energy_type, year(d.day) * 12 + month(d.day) - 1 AS month,
           sum(received_points(c.ppd, c.realtime_from, d.day, d.received, d.quantity)) AS received
    FROM counted c JOIN rollup_day d USING (item_id)
    WHERE d.day BETWEEN c.first_day AND CAST($2 AS DATE)
    GROUP BY ALL
),
calendar AS (
    SELECT CAST(unnest(generate_series(date_trunc('month', min(first_day)), CAST($2 AS DATE), INTERVAL 1 MONTH)) AS DATE) AS month
    FROM counted
),
overlap AS (
    SELECT c.unit_id, c.energy_type, year(m.month) * 12 + month(m.month) - 1 AS month, c.ppd, c.realtime_from,
           greatest(m.month, c.first_day) AS a, least(last_day(m.month), CAST($2 AS DATE)) AS b
    FROM counted c JOIN calendar m ON last_day(m.month) >= c.first_day
),
due AS (
    SELECT unit_id, energy_type, month,
           sum(expected_points(ppd, realtime_from, a, b)) AS expected
    FROM overlap GROUP BY ALL
),
coarse AS (
    SELECT c.unit_id, c.energy_type, c.item_id, min(m.month) AS first, bool_or(m.reported) AS monthly
    FROM v_counted_item c
    JOIN (SELECT unnest(CAST(string_split($1, ',') AS INTEGER[])) AS unit_id) wanted USING (unit_id)
    JOIN rollup_month m USING (item_id)
    WHERE c.points_per_day = 0 AND m.quantity IS NOT NULL
    GROUP BY ALL
),
coarse_calendar AS (
    SELECT unit_id, energy_type, item_id, monthly,
           CAST(unnest(generate_series(first, CAST($2 AS DATE), INTERVAL 1 MONTH)) AS DATE) AS month
    FROM coarse
),
coarse_points AS (
    SELECT k.unit_id, k.energy_type, year(k.month) * 12 + month(k.month) - 1 AS month, count(m.quantity) AS received,
           count(*) AS expected
    FROM coarse_calendar k LEFT JOIN rollup_month m ON m.item_id = k.item_id AND m.month = k.month
    WHERE m.quantity IS NOT NULL
       OR month_is_due_on(k.month, k.monthly) <= CAST($2 AS DATE)
    GROUP BY ALL
)
SELECT d.unit_id, CAST(d.month AS INTEGER), CAST(coalesce(c.received, 0) AS UINTEGER), CAST(d.expected AS UINTEGER),
       d.energy_type
FROM due d LEFT JOIN came c ON c.unit_id = d.unit_id AND c.energy_type = d.energy_type AND c.month = d.month
UNION ALL
SELECT unit_id, CAST(month AS INTEGER), CAST(received AS UINTEGER), CAST(expected AS UINTEGER), energy_type FROM coarse_points;
