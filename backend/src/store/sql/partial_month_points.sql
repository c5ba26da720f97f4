-- Received and expected points by unit over the days $1 to $2 (the caller ends them at yesterday).
WITH counted AS (
    SELECT unit_id, item_id, points_per_day AS ppd, realtime_from, greatest(first_day, CAST($1 AS DATE)) AS a
    FROM v_counted_item
    WHERE points_per_day > 0 AND first_day <= CAST($2 AS DATE)
),
came AS (
    SELECT c.unit_id,
           sum(received_points(c.ppd, c.realtime_from, d.day, d.received, d.quantity)) AS received
    FROM counted c JOIN rollup_day d USING (item_id)
    WHERE d.day BETWEEN c.a AND CAST($2 AS DATE)
    GROUP BY ALL
),
due AS (
    SELECT unit_id,
           sum(expected_points(ppd, realtime_from, a, CAST($2 AS DATE))) AS expected
    FROM counted GROUP BY ALL
)
SELECT d.unit_id, CAST(coalesce(c.received, 0) AS UINTEGER), CAST(d.expected AS UINTEGER)
FROM due d LEFT JOIN came c USING (unit_id);
