INSERT INTO api_token VALUES (?, ?, ?, ?, CAST(? AS TIMESTAMP), ?, NULL)
