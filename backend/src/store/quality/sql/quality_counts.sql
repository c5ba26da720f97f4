-- Findings by rule and state of a unit ($1, '' = all), regions ($2) and industries ($3, by prefix), each separated by commas, on a day ($4).
SELECT f.rule, f.state, count(*)
FROM quality_finding f JOIN unit u ON u.unit_id = f.unit_id
WHERE ($1 = '' OR u.enterprise_code = $1) AND ($2 = '' OR list_contains(string_split($2, ','), u.region_code))
  AND ($3 = '' OR list_has_any(string_split($3, ','),
        [u.industry_code[:1], u.industry_code[:2], u.industry_code[:3], u.industry_code[:4], u.industry_code]))
  AND ($4 = '' OR TRY_CAST($4 AS DATE) BETWEEN f.from_day AND f.to_day)
GROUP BY ALL ORDER BY ALL;
