UPDATE registration_code SET used_at = CAST(? AS TIMESTAMP) WHERE enterprise_code = ? AND used_at IS NULL
