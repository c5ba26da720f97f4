-- Findings of the unit $1 by quarter (of their last day) and rule from the day $2 on, without those that the authority set
-- aside or accepted.
SELECT CAST(date_trunc('quarter', f.to_day) AS VARCHAR), f.rule, count(*), CAST(max(f.to_day) AS VARCHAR)
FROM quality_finding f LEFT JOIN finding_answer a ON a.finding_id = f.finding_id
WHERE f.unit_id = $1 AND f.to_day >= CAST($2 AS DATE)
  AND f.state <> 'waived' AND coalesce(a.state, 'unanswered') <> 'accepted'
GROUP BY ALL ORDER BY ALL;
