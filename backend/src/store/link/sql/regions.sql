-- Approved units by the first $1 digits of their region within $2; $3 is the last complete day.
WITH last AS (SELECT unit_id, max(last_day) AS day FROM item GROUP BY unit_id)
SELECT left(u.region_code, $1), CAST(count(*) AS UINTEGER),
       CAST(count(*) FILTER (l.day >= CAST($3 AS DATE)) AS UINTEGER) AS reporting,
       CAST(count(*) FILTER (l.day < CAST($3 AS DATE)) AS UINTEGER),
       CAST(count(*) FILTER (l.day IS NULL) AS UINTEGER),
       CAST(max(l.day) AS VARCHAR), CASE WHEN bool_and(l.day IS NOT NULL) THEN CAST(min(l.day) AS VARCHAR) END
FROM unit u LEFT JOIN last l USING (unit_id)
WHERE u.approved AND starts_with(u.region_code, $2)
GROUP BY 1 ORDER BY reporting / count(*), count(*) DESC, 1
