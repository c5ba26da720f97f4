INSERT INTO finding_answer VALUES (?, ?, ?, CAST(? AS DATE), ?, ?, CAST(? AS TIMESTAMP))
