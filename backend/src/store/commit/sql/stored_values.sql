-- Readings that already stand under the keys of a group; the time bounds let whole row groups be skipped.
SELECT r.item_id, r.stat_type, epoch_ms(r.ts) // 1000 AS at, r.value, r.valid, r.input_type, r.upload_id
FROM group_key p
JOIN reading r ON r.item_id = p.item_id AND r.stat_type = p.stat_type AND r.ts = p.ts
WHERE r.ts BETWEEN (SELECT min(ts) FROM group_key) AND (SELECT max(ts) FROM group_key)
