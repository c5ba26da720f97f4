UPDATE api_token SET revoked_at = CAST(? AS TIMESTAMP) WHERE name = ? AND revoked_at IS NULL
