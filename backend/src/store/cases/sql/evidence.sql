SELECT about FROM case_evidence WHERE case_id = $1 ORDER BY number
