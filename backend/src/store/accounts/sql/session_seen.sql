UPDATE session SET last_seen_at = CAST(? AS TIMESTAMP) WHERE digest = ?
