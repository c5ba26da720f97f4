UPDATE registration SET ended_at = CAST(? AS TIMESTAMP) WHERE enterprise_code = ? AND ended_at IS NULL
