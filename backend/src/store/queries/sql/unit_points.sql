-- Received and expected points of each counted item of one unit ($1) over the days $2 to $3; an item that has no days is
-- due once a month, as in the macro points_of_months, for the months that lie in the
-- span, up to the horizon ($4, yesterday).
WITH counted AS (
    SELECT item_id, data_code, points_per_day AS ppd, realtime_from, greatest(first_day, CAST($2 AS DATE)) AS a
    FROM v_counted_item
    WHERE unit_id = $1 AND points_per_day > 0 AND first_day <= CAST($3 AS DATE)
),
came AS (
    SELECT c.item_id,
           sum(received_points(c.ppd, c.realtime_from, d.day, d.received, d.quantity)) AS received
    FROM counted c JOIN rollup_day d USING (item_id)
    WHERE d.day BETWEEN c.a AND CAST($3 AS DATE)
    GROUP BY ALL
),
coarse AS (
    SELECT c.item_id, c.data_code, min(m.month) AS first, bool_or(m.reported) AS monthly
    FROM v_counted_item c JOIN rollup_month m USING (item_id)
    WHERE c.unit_id = $1 AND c.points_per_day = 0 AND m.quantity IS NOT NULL
    GROUP BY ALL
),
coarse_calendar AS (
    SELECT item_id, data_code, monthly, CAST(unnest(generate_series(first, CAST($3 AS DATE), INTERVAL 1 MONTH)) AS DATE) AS month
    FROM coarse
)
SELECT c.data_code, CAST(coalesce(k.received, 0) AS UBIGINT),
       CAST(expected_points(ppd, realtime_from, a, CAST($3 AS DATE)) AS UBIGINT)
FROM counted c LEFT JOIN came k USING (item_id)
UNION ALL
SELECT k.data_code, CAST(count(m.quantity) AS UBIGINT), CAST(count(*) AS UBIGINT)
FROM coarse_calendar k LEFT JOIN rollup_month m ON m.item_id = k.item_id AND m.month = k.month
WHERE k.month >= CAST($2 AS DATE) AND last_day(k.month) <= CAST($3 AS DATE)
  AND (m.quantity IS NOT NULL
       OR month_is_due_on(k.month, k.monthly) <= CAST($4 AS DATE))
GROUP BY k.data_code;
