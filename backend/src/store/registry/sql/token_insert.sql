INSERT INTO api_token (name, hash, all_units, units, created_at, created_by, expires_at, regions)
VALUES (?, ?, ?, ?, CAST(? AS TIMESTAMP), ?, CAST(? AS TIMESTAMP), ?)
