-- Received and expected points by unit over the days $1 to $2 (the caller ends them at yesterday).
WITH counted AS (
    SELECT unit_id, item_id, points_per_day AS ppd, realtime_from, greatest(first_day, CAST($1 AS DATE)) AS a
    FROM v_counted_item
    WHERE points_per_day > 0 AND first_day <= CAST($2 AS DATE)
),
came AS (
    SELECT c.unit_id,
           sum(CASE WHEN d.day >= c.realtime_from THEN least(d.received, c.ppd)
                    WHEN d.quantity IS NOT NULL THEN 1 ELSE 0 END) AS received
    FROM counted c JOIN rollup_day d USING (item_id)
    WHERE d.day BETWEEN c.a AND CAST($2 AS DATE)
    GROUP BY ALL
),
due AS (
    SELECT unit_id,
           sum((CAST($2 AS DATE) - a + 1)
               + CASE WHEN realtime_from IS NULL THEN 0
                    ELSE greatest(0, CAST($2 AS DATE) - greatest(a, realtime_from) + 1) END * (ppd - 1)) AS expected
    FROM counted GROUP BY ALL
)
SELECT d.unit_id, CAST(coalesce(c.received, 0) AS UINTEGER), CAST(d.expected AS UINTEGER)
FROM due d LEFT JOIN came c USING (unit_id);
