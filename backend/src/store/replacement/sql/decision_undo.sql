UPDATE replacement_decision SET undone_at = CAST($2 AS TIMESTAMP), undone_by = $3 WHERE decision_id = $1
