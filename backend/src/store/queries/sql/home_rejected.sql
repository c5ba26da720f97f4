-- Rejected entries of the seven days up to $1 by unit, of devices that somebody approved, files and industry systems; of
-- the units $2 (NULL = all).
SELECT unit_id, CAST(sum(rejected) AS UBIGINT) FROM upload
WHERE kind IN ('energy', 'import', 'bulk') AND received_at >= CAST($1 AS DATE) - 6 AND rejected > 0
  AND sent_by NOT IN (SELECT device_id FROM device WHERE approved_at IS NULL)
  AND unit_id IS NOT NULL AND ($2 IS NULL OR contains($2, concat(',', unit_id, ',')))
GROUP BY unit_id;
