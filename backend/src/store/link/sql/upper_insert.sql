INSERT INTO link_upper (upper, scanned_upload, rules_sha256, paused_by, paused_at, dic_version, sent_at, code, reason_zh, reason_en, failed_at)
VALUES (?, ?, ?, ?, CAST(? AS TIMESTAMP), ?, CAST(? AS TIMESTAMP), ?, ?, ?, CAST(? AS TIMESTAMP))
