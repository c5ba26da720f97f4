-- Keys from $1 to before $2 that stand more than once.
SELECT coalesce(sum(n), 0), count(*) FILTER (n > 1),
       'item ' || min(item_id) FILTER (n > 1) || ' at ' || min(ts) FILTER (n > 1)
FROM (
    SELECT item_id, stat_type, ts, count(*) AS n FROM reading
    WHERE ts >= CAST($1 AS TIMESTAMP) AND ts < CAST($2 AS TIMESTAMP)
    GROUP BY ALL
)
