-- Received and expected points of the units $3 (ids, comma-separated) on each of the $2 days before
-- today ($1), by days ago.
WITH calendar AS (SELECT CAST(unnest(range(1, CAST($2 AS INTEGER) + 1)) AS INTEGER) AS ago),
counted AS (
    SELECT unit_id, item_id, points_per_day AS ppd, first_day, realtime_from
    FROM v_counted_item
    JOIN (SELECT unnest(CAST(string_split($3, ',') AS INTEGER[])) AS unit_id) wanted USING (unit_id)
    WHERE points_per_day > 0
)
SELECT c.unit_id, k.ago,
       CAST(sum(received_points(c.ppd, c.realtime_from, CAST($1 AS DATE) - k.ago, d.received, d.quantity)) AS UINTEGER),
       CAST(sum(expected_points(c.ppd, c.realtime_from, CAST($1 AS DATE) - k.ago, CAST($1 AS DATE) - k.ago)) AS UINTEGER)
FROM counted c
JOIN calendar k ON CAST($1 AS DATE) - k.ago >= c.first_day
LEFT JOIN rollup_day d ON d.item_id = c.item_id AND d.day = CAST($1 AS DATE) - k.ago
GROUP BY ALL;
