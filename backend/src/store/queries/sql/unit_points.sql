-- Received and expected points of each counted item of one unit ($1) over the days $2 to $3; an item that has no days is
-- due once a month, as in snapshot_points.sql, for the months that lie in the
-- span, up to the horizon ($4, yesterday).
WITH counted AS (
    SELECT item_id, data_code, points_per_day AS ppd, realtime_from, greatest(first_day, CAST($2 AS DATE)) AS a
    FROM v_counted_item
    WHERE unit_id = $1 AND points_per_day > 0 AND first_day <= CAST($3 AS DATE)
),
came AS (
    SELECT c.item_id,
           sum(CASE WHEN d.day >= c.realtime_from THEN least(d.received, c.ppd)
                    WHEN d.quantity IS NOT NULL THEN 1 ELSE 0 END) AS received
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
       CAST((CAST($3 AS DATE) - a + 1) + CASE WHEN realtime_from IS NULL THEN 0
            ELSE greatest(0, CAST($3 AS DATE) - greatest(a, realtime_from) + 1) END * (ppd - 1) AS UBIGINT)
FROM counted c LEFT JOIN came k USING (item_id)
UNION ALL
SELECT k.data_code, CAST(count(m.quantity) AS UBIGINT), CAST(count(*) AS UBIGINT)
FROM coarse_calendar k LEFT JOIN rollup_month m ON m.item_id = k.item_id AND m.month = k.month
WHERE k.month >= CAST($2 AS DATE) AND last_day(k.month) <= CAST($3 AS DATE)
  AND (m.quantity IS NOT NULL
       OR CASE WHEN k.monthly THEN last_day(k.month) + 10
               ELSE CAST(date_trunc('year', k.month) + INTERVAL 1 YEAR AS DATE) + 30 END <= CAST($4 AS DATE))
GROUP BY k.data_code;
