-- Mean temperatures by day from $3 to $4, of a district ($1) or, where it has no temperature, of the city ($2).
SELECT CAST(day AS VARCHAR), mean_celsius FROM temperature
WHERE region_code = CASE WHEN EXISTS (SELECT 1 FROM temperature WHERE region_code = $1) THEN $1 ELSE $2 END
  AND day BETWEEN CAST($3 AS DATE) AND CAST($4 AS DATE)
ORDER BY day
