SELECT i.data_code, h.stat_type, epoch_ms(h.ts) // 1000, h.value, h.replaced_by
FROM reading_history h JOIN item i USING (item_id)
