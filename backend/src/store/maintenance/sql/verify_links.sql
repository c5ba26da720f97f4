-- What must hold between tables: name of the check, rows looked at, rows that break it.
SELECT 'unit_unique' AS name, count(*) AS checked, count(*) - count(DISTINCT unit_id) + count(*) - count(DISTINCT enterprise_code) AS wrong FROM unit
UNION ALL
SELECT 'item_unique', count(*), count(*) - count(DISTINCT item_id) + count(*) - count(DISTINCT (unit_id, data_code)) FROM item
UNION ALL
SELECT 'upload_unique', count(*), count(*) - count(DISTINCT upload_id) FROM upload
UNION ALL
SELECT 'item_has_unit', (SELECT count(*) FROM item), (SELECT count(*) FROM item ANTI JOIN unit USING (unit_id))
UNION ALL
SELECT 'device_has_unit', (SELECT count(*) FROM device), (SELECT count(*) FROM device ANTI JOIN unit USING (unit_id))
UNION ALL
SELECT 'registration_has_device', (SELECT count(*) FROM registration WHERE ended_at IS NULL),
       (SELECT count(*) - count(DISTINCT enterprise_code) FROM registration WHERE ended_at IS NULL)
       + (SELECT count(*) FROM registration ANTI JOIN device USING (device_id) WHERE ended_at IS NULL AND device_id <> '')
UNION ALL
SELECT 'upload_has_unit', (SELECT count(unit_id) FROM upload),
       (SELECT count(*) FROM upload ANTI JOIN unit USING (unit_id) WHERE upload.unit_id IS NOT NULL)
UNION ALL
SELECT 'reading_has_item', (SELECT count(*) FROM reading), (SELECT count(*) FROM reading ANTI JOIN item USING (item_id))
UNION ALL
SELECT 'reading_has_upload', (SELECT count(*) FROM reading), (SELECT count(*) FROM reading ANTI JOIN upload USING (upload_id))
UNION ALL
SELECT 'history_has_item', (SELECT count(*) FROM reading_history), (SELECT count(*) FROM reading_history ANTI JOIN item USING (item_id))
UNION ALL
SELECT 'history_has_uploads', (SELECT count(*) FROM reading_history),
       (SELECT count(*) FROM reading_history ANTI JOIN upload USING (upload_id))
       + (SELECT count(*) FROM reading_history h ANTI JOIN upload u ON u.upload_id = h.replaced_by)
UNION ALL
SELECT 'pending_has_upload', (SELECT count(*) FROM pending_reading), (SELECT count(*) FROM pending_reading ANTI JOIN upload USING (upload_id))
UNION ALL
SELECT 'rejected_has_upload', (SELECT count(*) FROM rejected) + (SELECT count(*) FROM refusal_count),
       (SELECT count(*) FROM rejected ANTI JOIN upload USING (upload_id))
       + (SELECT count(*) FROM refusal_count ANTI JOIN upload USING (upload_id))
UNION ALL
SELECT 'marked_has_upload', (SELECT count(*) FROM marked_stamp), (SELECT count(*) FROM marked_stamp ANTI JOIN upload USING (upload_id))
UNION ALL
SELECT 'rollup_has_item', (SELECT count(*) FROM rollup_day) + (SELECT count(*) FROM rollup_month),
       (SELECT count(*) FROM rollup_day ANTI JOIN item USING (item_id)) + (SELECT count(*) FROM rollup_month ANTI JOIN item USING (item_id))
UNION ALL
SELECT 'change_has_unit', (SELECT count(*) FROM unit_change), (SELECT count(*) FROM unit_change ANTI JOIN unit USING (unit_id))
UNION ALL
SELECT 'one_change_waits', (SELECT count(*) FROM unit_change WHERE state = 'pending'),
       (SELECT count(*) - count(DISTINCT unit_id) FROM unit_change WHERE state = 'pending')
UNION ALL
SELECT 'rolled_up_to', 1, count(*) FROM meta
WHERE key = 'rolled_up_to' AND CAST(value AS INTEGER) > (SELECT coalesce(max(upload_id), 0) FROM upload)
