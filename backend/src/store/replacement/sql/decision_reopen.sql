UPDATE replacement SET state = 'open', decided_at = NULL, decided_by = NULL, decision_id = NULL WHERE decision_id = $1
