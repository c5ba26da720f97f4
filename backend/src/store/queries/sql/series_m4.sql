-- Of each of $4 equal parts of the time from $2 to before $3: the number of valid real-time values of the item $1,
-- then time and value of the first, the lowest, the highest and the last. Times in seconds since $2.
WITH part AS (
    SELECT ts, value,
           CAST(floor((epoch(ts) - epoch(CAST($2 AS TIMESTAMP))) * CAST($4 AS DOUBLE)
                      / (epoch(CAST($3 AS TIMESTAMP)) - epoch(CAST($2 AS TIMESTAMP)))) AS INTEGER) AS part
    FROM reading
    WHERE item_id = $1 AND stat_type = 0 AND valid AND ts >= CAST($2 AS TIMESTAMP) AND ts < CAST($3 AS TIMESTAMP)
),
four AS (
    SELECT part, count(*) AS readings,
           min(ts) AS t1, arg_min(value, ts) AS v1, arg_min(ts, value) AS t2, min(value) AS v2,
           arg_max(ts, value) AS t3, max(value) AS v3, max(ts) AS t4, arg_max(value, ts) AS v4
    FROM part GROUP BY part
)
SELECT CAST(readings AS UBIGINT),
       CAST(epoch(t1) - epoch(CAST($2 AS TIMESTAMP)) AS UINTEGER), v1,
       CAST(epoch(t2) - epoch(CAST($2 AS TIMESTAMP)) AS UINTEGER), v2,
       CAST(epoch(t3) - epoch(CAST($2 AS TIMESTAMP)) AS UINTEGER), v3,
       CAST(epoch(t4) - epoch(CAST($2 AS TIMESTAMP)) AS UINTEGER), v4
FROM four ORDER BY part;
