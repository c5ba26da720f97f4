UPDATE credit_push SET state = $2, attempts = $3, next_at = CAST($4 AS TIMESTAMP), answer = $5, sent_at = CAST($6 AS TIMESTAMP)
WHERE push_id = $1 AND state = 'waiting'
