UPDATE api_token SET last_used_at = CAST(? AS TIMESTAMP) WHERE name = ?
