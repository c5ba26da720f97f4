INSERT INTO case_step VALUES ($1, $2, $3, $4, $5, CAST($6 AS DATE), CAST($7 AS TIMESTAMP), $8, $9, $10)
