INSERT INTO bulk_upload VALUES (?, ?, ?, ?, ?, CAST(? AS TIMESTAMP), NULL, 'running', 0, 0, 0, 0, 0, 0, NULL)
