INSERT INTO quality_finding (finding_id, unit_id, item_id, rule, from_day, to_day, days, measure, state, first_seen, last_seen, resolved_at)
SELECT coalesce((SELECT max(finding_id) FROM quality_finding), 0) + 1, $1, $2, $3, CAST($4 AS DATE), CAST($5 AS DATE), $6, $7, $8, CAST($9 AS TIMESTAMP), CAST($9 AS TIMESTAMP),
       CASE WHEN $8 = 'resolved' THEN CAST($9 AS TIMESTAMP) END
