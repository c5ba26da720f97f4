-- Devices in a state ($1, '' = all) that match a text ($2, '' = all), after a place ($3 credit code, $4 digest of the
-- device id), at most $5; $6: also those never approved, and by device id; of the units $7 (NULL = all).
SELECT d.device_id, u.enterprise_code, u.name, u.region_code, d.state,
       strftime(d.registered_at, '%Y-%m-%d %H:%M:%S'), strftime(d.approved_at, '%Y-%m-%d %H:%M:%S'), d.approved_by,
       d.upload_time, strftime(d.last_seen, '%Y-%m-%d %H:%M:%S')
FROM device d JOIN unit u USING (unit_id)
WHERE $1 IN ('', d.state) AND ($6 OR (u.approved AND d.approved_at IS NOT NULL))
  AND ($2 = '' OR contains(u.enterprise_code, $2) OR contains(u.name, $2) OR ($6 AND contains(d.device_id, $2)))
  AND ($7 IS NULL OR contains($7, concat(',', u.unit_id, ',')))
  AND (u.enterprise_code > $3 OR (u.enterprise_code = $3 AND sha256(d.device_id) > $4))
ORDER BY u.enterprise_code, sha256(d.device_id) LIMIT $5
