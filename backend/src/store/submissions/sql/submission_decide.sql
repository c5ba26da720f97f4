UPDATE submission SET state = $2, decided_by = $3, decided_at = CAST($4 AS TIMESTAMP)
WHERE finding_id = $1 AND state IN ('submitted', 'to_confirm')
