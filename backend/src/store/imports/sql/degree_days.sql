-- Days and degree days by month, below $3 and above $4, of a district ($1) or, where it has no temperature, of the city ($2).
SELECT CAST(CAST(date_trunc('month', day) AS DATE) AS VARCHAR), count(*),
       sum(greatest(0, $3 - mean_celsius) ORDER BY day), sum(greatest(0, mean_celsius - $4) ORDER BY day)
FROM temperature
WHERE region_code = CASE WHEN EXISTS (SELECT 1 FROM temperature WHERE region_code = $1) THEN $1 ELSE $2 END
GROUP BY ALL ORDER BY ALL
