-- Units with an approved device, and whether data of theirs came that day; of the units $2 (NULL = all).
SELECT u.enterprise_code, u.name, u.region_code, u.industry_code, u.class,
       EXISTS (SELECT 1 FROM upload p WHERE p.unit_id = u.unit_id AND p.kind IN ('energy', 'import', 'bulk')
               AND p.received_at >= CAST($1 AS DATE) AND p.received_at < CAST($1 AS DATE) + 1
               AND p.sent_by NOT IN (SELECT device_id FROM device WHERE approved_at IS NULL))
FROM unit u
WHERE EXISTS (SELECT 1 FROM device d WHERE d.unit_id = u.unit_id AND d.state = 'approved')
  AND ($2 IS NULL OR contains($2, concat(',', u.unit_id, ',')))
ORDER BY u.name
