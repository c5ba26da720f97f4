-- The values that an approval ($1) replaced.
SELECT h.item_id, h.stat_type, epoch_ms(h.ts) // 1000, h.value, h.valid, h.input_type, h.upload_id
FROM replacement r
JOIN reading_history h ON h.item_id = r.item_id AND h.stat_type = r.stat_type AND h.ts = r.ts
     AND h.upload_id = r.old_upload_id AND h.replaced_by = r.upload_id
WHERE r.decision_id = $1
