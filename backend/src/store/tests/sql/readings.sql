SELECT i.data_code, r.stat_type, epoch_ms(r.ts) // 1000, r.value, r.valid, r.input_type, r.upload_id
FROM reading r JOIN item i USING (item_id)
