-- Units of each platform below, those with a value of the day ($1) or later, and the last message of any of them.
WITH last AS (SELECT unit_id, max(last_day) AS day FROM item GROUP BY unit_id),
seen AS (SELECT unit_id, max(last_seen) AS at FROM device GROUP BY unit_id)
SELECT b.token_name, CAST(count(*) AS UINTEGER), CAST(count(*) FILTER (l.day >= CAST($1 AS DATE)) AS UINTEGER),
       strftime(max(s.at), '%Y-%m-%d %H:%M:%S')
FROM below_unit b LEFT JOIN last l USING (unit_id) LEFT JOIN seen s USING (unit_id)
GROUP BY b.token_name
