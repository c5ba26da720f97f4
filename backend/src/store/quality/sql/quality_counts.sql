-- Findings by rule and state of a unit ($1, '' = all), regions ($2) and industries ($3, by prefix), each separated by commas, on a day ($4),
-- of the units $5 (NULL = all), whose answers are in one of the states $6 (by comma, '' = all).
SELECT f.rule, f.state, count(*)
FROM quality_finding f JOIN unit u ON u.unit_id = f.unit_id
LEFT JOIN finding_answer a ON a.finding_id = f.finding_id
WHERE ($1 = '' OR u.enterprise_code = $1) AND is_within(u.region_code, u.industry_code, $2, $3)
  AND ($4 = '' OR TRY_CAST($4 AS DATE) BETWEEN f.from_day AND f.to_day)
  AND ($5 IS NULL OR contains($5, concat(',', u.unit_id, ',')))
  AND ($6 = '' OR list_contains(string_split($6, ','), coalesce(a.state, 'unanswered')))
GROUP BY ALL ORDER BY ALL;
