-- Open findings of the units $1 (NULL = all) whose answers the authority has not accepted, by unit, rule, first day, answer
-- and the last day on which a reported outage excuses those of missing uploads, with their number.
WITH open_finding AS (
    SELECT f.unit_id, f.rule, CAST(CAST(f.first_seen AS DATE) AS VARCHAR) AS first_seen,
           a.state, a.kind, CAST(a.due AS VARCHAR) AS due, a.extended,
           CASE WHEN f.rule IN ('silent', 'missing', 'incomplete', 'late') THEN (
               SELECT CAST(max(o.excused_until) AS VARCHAR) FROM outage o
               WHERE o.unit_id = f.unit_id AND f.from_day <= o.to_day AND f.to_day >= o.from_day) END AS excused_until
    FROM quality_finding f LEFT JOIN finding_answer a ON a.finding_id = f.finding_id
    WHERE f.state = 'open' AND coalesce(a.state, 'unanswered') <> 'accepted'
      AND ($1 IS NULL OR contains($1, concat(',', f.unit_id, ',')))
)
SELECT unit_id, rule, first_seen, state, kind, due, extended, '', '', excused_until, count(*) FROM open_finding
GROUP BY ALL ORDER BY ALL;
