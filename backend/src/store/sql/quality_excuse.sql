UPDATE quality_finding SET state = 'excused', excuse_reason = ?, excused_by = ?, excused_at = CAST(? AS TIMESTAMP) WHERE finding_id = ? AND state = 'open'
