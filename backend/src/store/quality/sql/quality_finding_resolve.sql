UPDATE quality_finding SET state = 'resolved', resolved_at = CAST(? AS TIMESTAMP) WHERE finding_id = ?
