INSERT INTO registration VALUES (?, ?, ?, ?, ?, ?, ?, CAST(? AS TIMESTAMP), ?, CAST(? AS TIMESTAMP), NULL,
                                ?, ?, CAST(? AS TIMESTAMP), CAST(? AS TIMESTAMP), ?)
