INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS TIMESTAMP), CAST(? AS TIMESTAMP), ?, ?,
                          NULL, NULL, NULL, NULL, NULL, NULL)
