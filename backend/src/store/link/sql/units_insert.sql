INSERT INTO link_unit (upper, unit_id, registration, configuration_sha256, meters_sha256, sent_at, code, reason_zh, reason_en, attempts, next_at, described, asked_at)
SELECT $1, unit_id, registration, configuration_sha256, meters_sha256, CAST(sent_at AS TIMESTAMP), code, reason_zh, reason_en, attempts, next_at,
       described, CAST(asked_at AS TIMESTAMP)
FROM link_unit_done
