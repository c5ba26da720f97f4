INSERT INTO case_evidence VALUES ($1, $2, $3, $4, $5, $6)
