DELETE FROM claim WHERE state = 'expired' AND last_at < CAST(? AS TIMESTAMP)
