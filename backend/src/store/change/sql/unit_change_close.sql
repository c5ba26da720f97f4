UPDATE unit_change SET state = ?, stood = coalesce(?, stood), decided_at = CAST(? AS TIMESTAMP), decided_by = ?, reason = ?
WHERE change_id = ?
