-- Findings by rule and state of a unit ($1, '' = all), region ($2), industry ($3, by prefix), on a day ($4).
SELECT f.rule, f.state, count(*)
FROM quality_finding f JOIN unit u ON u.unit_id = f.unit_id
WHERE ($1 = '' OR u.enterprise_code = $1) AND ($2 = '' OR u.region_code = $2)
  AND ($3 = '' OR starts_with(u.industry_code, $3))
  AND ($4 = '' OR TRY_CAST($4 AS DATE) BETWEEN f.from_day AND f.to_day)
GROUP BY ALL ORDER BY ALL;
