UPDATE quality_finding SET state = 'waived', waive_reason = ?, waived_by = ?, waived_at = CAST(? AS TIMESTAMP) WHERE finding_id = ? AND state = 'open'
