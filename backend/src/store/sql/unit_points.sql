-- Received and expected points of each counted item of one unit ($1) over the days $2 to $3.
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
)
SELECT c.data_code, CAST(coalesce(k.received, 0) AS UBIGINT),
       CAST((CAST($3 AS DATE) - a + 1) + CASE WHEN realtime_from IS NULL THEN 0
            ELSE greatest(0, CAST($3 AS DATE) - greatest(a, realtime_from) + 1) END * (ppd - 1) AS UBIGINT)
FROM counted c LEFT JOIN came k USING (item_id);
