-- Whom an upload ($1) is of, the profile of its terminal, and each data code that the unit has sent or is configured to send.
SELECT DISTINCT u.enterprise_code, g.profile, c.data_code
FROM upload p
JOIN unit u USING (unit_id)
LEFT JOIN registration g ON p.kind = 'energy' AND g.enterprise_code = u.enterprise_code AND g.ended_at IS NULL
LEFT JOIN (SELECT unit_id, data_code FROM item UNION SELECT unit_id, data_code FROM collect_item) c USING (unit_id)
WHERE p.upload_id = $1
ORDER BY c.data_code
