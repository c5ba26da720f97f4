UPDATE quality_finding
SET state = 'waived', waive_reason = $1, waived_by = $2, waived_at = CAST($3 AS TIMESTAMP)
WHERE finding_id = $4 AND state = 'open'
