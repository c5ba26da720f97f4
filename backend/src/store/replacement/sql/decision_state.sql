SELECT undone_at IS NOT NULL FROM replacement_decision WHERE decision_id = $1
