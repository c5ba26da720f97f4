UPDATE quality_finding SET from_day = CAST($2 AS DATE), to_day = CAST($3 AS DATE), days = $4, measure = $5, state = $6, last_seen = CAST($7 AS TIMESTAMP),
       resolved_at = CASE WHEN $6 = 'resolved' THEN coalesce(resolved_at, CAST($7 AS TIMESTAMP)) END
WHERE finding_id = $1
