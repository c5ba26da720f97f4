SELECT idx, field, code, reason_zh, reason_en, entry FROM rejected
WHERE upload_id = $1 ORDER BY idx, rowid LIMIT $2 OFFSET $3
