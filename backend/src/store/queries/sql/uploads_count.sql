-- Uploads of a unit ($1, '' = all), a kind ($2), with refusals ($3), received $4 to $5; $6: also of devices that nobody approved;
-- of the units $7 (NULL = all).
SELECT count(*) FROM upload p LEFT JOIN unit u USING (unit_id)
WHERE $1 IN ('', u.enterprise_code) AND $2 IN ('', p.kind) AND (NOT $3 OR p.rejected > 0)
  AND strftime(p.received_at, '%Y-%m-%d') BETWEEN $4 AND $5
  AND ($6 OR p.sent_by NOT IN (SELECT device_id FROM device WHERE approved_at IS NULL))
  AND ($7 IS NULL OR contains($7, concat(',', p.unit_id, ',')))
