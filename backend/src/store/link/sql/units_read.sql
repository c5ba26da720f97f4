SELECT unit_id, registration, configuration_sha256, meters_sha256, strftime(sent_at, '%Y-%m-%d %H:%M:%S'),
       CAST(attempts AS UINTEGER), code, reason_zh, reason_en, strftime(next_at, '%Y-%m-%d %H:%M:%S'),
       described, strftime(asked_at, '%Y-%m-%d %H:%M:%S')
FROM link_unit WHERE upper = ?
