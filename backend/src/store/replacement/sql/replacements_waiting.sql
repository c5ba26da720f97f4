-- The last record under each key of a group (`aside`).
SELECT r.item_id, r.stat_type, epoch_ms(r.ts) // 1000, r.value, r.valid, r.input_type, r.upload_id, r.state
FROM pending_key a
JOIN replacement r ON r.item_id = a.item_id AND r.stat_type = a.stat_type AND r.ts = a.ts
QUALIFY row_number() OVER (PARTITION BY r.item_id, r.stat_type, r.ts ORDER BY r.replacement_id DESC) = 1
