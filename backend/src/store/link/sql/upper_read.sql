SELECT scanned_upload, rules_sha256, paused_by, strftime(paused_at, '%Y-%m-%d %H:%M:%S'), dic_version,
       strftime(sent_at, '%Y-%m-%d %H:%M:%S'), code, reason_zh, reason_en, strftime(failed_at, '%Y-%m-%d %H:%M:%S')
FROM link_upper WHERE upper = ?
