-- Devices in a state ($1, '' = all) that match a text ($2, '' = all); $3: also those never approved, and by device id;
-- of the units $4 (NULL = all).
SELECT count(*) FROM device d JOIN unit u USING (unit_id)
WHERE $1 IN ('', d.state) AND ($3 OR (u.approved AND d.approved_at IS NOT NULL))
  AND ($2 = '' OR contains(u.enterprise_code, $2) OR contains(u.name, $2) OR ($3 AND contains(d.device_id, $2)))
  AND ($4 IS NULL OR contains($4, concat(',', u.unit_id, ',')))
