-- What came on a day, of devices that somebody approved, files and industry systems.
SELECT count(*), coalesce(sum(entries), 0)::BIGINT, coalesce(sum(rejected), 0)::BIGINT FROM upload
WHERE kind IN ('energy', 'import', 'bulk') AND received_at >= CAST(? AS DATE) AND received_at < CAST(? AS DATE) + 1
  AND sent_by NOT IN (SELECT device_id FROM device WHERE approved_at IS NULL)
