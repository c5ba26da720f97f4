INSERT INTO link_unit (upper, unit_id, configuration_sha256, meters_sha256, code, reason_zh, reason_en, attempts, described, asked_at)
SELECT $1, n.unit_id, '', '', '', '', '', 0, '', CAST($3 AS TIMESTAMP)
FROM (SELECT unnest(CAST($2 AS INTEGER[])) AS unit_id) n
ANTI JOIN (SELECT unit_id FROM link_unit WHERE upper = $1) u USING (unit_id)
