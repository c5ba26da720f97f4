-- The last $2 days of which the platform above $1 has or awaits something.
WITH due AS (SELECT day, count(*) AS n FROM link_due WHERE upper = $1 GROUP BY day),
sent AS (
    SELECT s.day, count(*) AS n FROM link_sent s
    ANTI JOIN (SELECT item_id, day FROM link_due WHERE upper = $1) d ON d.item_id = s.item_id AND d.day = s.day
    WHERE s.upper = $1 GROUP BY s.day
),
refused AS (SELECT CAST(ts AS DATE) AS day, count(*) AS n FROM link_refused WHERE upper = $1 GROUP BY 1)
SELECT CAST(day AS VARCHAR), CAST(coalesce(s.n, 0) AS UBIGINT), CAST(coalesce(d.n, 0) AS UBIGINT), CAST(coalesce(r.n, 0) AS UBIGINT)
FROM due d FULL JOIN sent s USING (day) LEFT JOIN refused r USING (day)
ORDER BY day DESC LIMIT $2
