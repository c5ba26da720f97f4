-- What came on a day, of devices that somebody approved, files and industry systems; of the units $2 (NULL = all).
SELECT count(*), coalesce(sum(entries), 0)::BIGINT, coalesce(sum(rejected), 0)::BIGINT FROM upload
WHERE kind IN ('energy', 'import', 'bulk') AND received_at >= CAST($1 AS DATE) AND received_at < CAST($1 AS DATE) + 1
  AND sent_by NOT IN (SELECT device_id FROM device WHERE approved_at IS NULL)
  AND ($2 IS NULL OR contains($2, concat(',', unit_id, ',')))
