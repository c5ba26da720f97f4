-- Findings of a unit ($1, '' = all), regions ($2) and industries ($3, by prefix), each separated by commas, rules ($4, a list), state ($5), on a day
-- ($6), of an id ($7, 0 = all), after a place ($8 last day, $9 id), at most $10, of the
-- units $11 (NULL = all), whose answers are in one of the states $12 (by comma, '' = all); newest day first. Those of
-- missing uploads carry the last day on which a reported outage excuses them.
SELECT f.finding_id, f.rule, f.state, u.enterprise_code, u.name, u.region_code, u.industry_code, u.class,
       i.data_code, i.energy_type, CAST(f.from_day AS VARCHAR), CAST(f.to_day AS VARCHAR), f.days, f.measure,
       strftime(f.first_seen, '%Y-%m-%d %H:%M:%S'), strftime(f.last_seen, '%Y-%m-%d %H:%M:%S'),
       strftime(f.resolved_at, '%Y-%m-%d %H:%M:%S'), f.waive_reason, f.waived_by,
       strftime(f.waived_at, '%Y-%m-%d %H:%M:%S'), f.from_day - DATE '1970-01-01', f.unit_id, f.item_id,
       a.state, a.kind, CAST(a.due AS VARCHAR), a.extended, strftime(a.changed_at, '%Y-%m-%d %H:%M:%S'), a.changed_by,
       CASE WHEN f.rule IN ('silent', 'missing', 'incomplete', 'late') THEN (
           SELECT CAST(max(o.excused_until) AS VARCHAR) FROM outage o
           WHERE o.unit_id = f.unit_id AND f.from_day <= o.to_day AND f.to_day >= o.from_day) END
FROM quality_finding f
JOIN unit u ON u.unit_id = f.unit_id
LEFT JOIN item i ON i.item_id = f.item_id
LEFT JOIN finding_answer a ON a.finding_id = f.finding_id
WHERE ($1 = '' OR u.enterprise_code = $1) AND is_within(u.region_code, u.industry_code, $2, $3)
  AND list_contains(CAST($4 AS VARCHAR[]), f.rule) AND ($5 = '' OR f.state = $5)
  AND ($6 = '' OR TRY_CAST($6 AS DATE) BETWEEN f.from_day AND f.to_day) AND ($7 = 0 OR f.finding_id = $7)
  AND ($8 = '' OR f.to_day < TRY_CAST($8 AS DATE) OR (f.to_day = TRY_CAST($8 AS DATE) AND f.finding_id < $9))
  AND ($11 IS NULL OR contains($11, concat(',', u.unit_id, ',')))
  AND ($12 = '' OR list_contains(string_split($12, ','), coalesce(a.state, 'unanswered')))
ORDER BY f.to_day DESC, f.finding_id DESC
LIMIT $10;
