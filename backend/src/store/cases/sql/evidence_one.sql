SELECT about, question, content FROM case_evidence WHERE case_id = $1 AND number = $2
