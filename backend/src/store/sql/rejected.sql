SELECT idx, field, code, reason_zh, reason_en, entry FROM rejected WHERE upload_id = ? ORDER BY idx
