INSERT INTO pending_config VALUES (?, ?, ?, CAST(? AS TIMESTAMP))
