-- breaks key_unique
INSERT INTO reading SELECT * FROM reading LIMIT 1;
-- breaks upload_counts
DELETE FROM reading WHERE ts = (SELECT max(ts) FROM reading);
-- breaks rollup_day
UPDATE rollup_day SET quantity = quantity + 0.001 WHERE day = (SELECT min(day) FROM rollup_day);
-- breaks rollup_day
UPDATE reading SET valid = false WHERE ts = (SELECT max(ts) FROM reading);
-- breaks rollup_month
DELETE FROM rollup_month;
-- breaks reading_has_item
UPDATE reading SET item_id = 99;
-- breaks reading_has_upload
DELETE FROM upload;
-- breaks history_has_uploads
UPDATE reading_history SET replaced_by = 99;
-- breaks item_has_unit
DELETE FROM unit;
-- breaks item_unique
INSERT INTO item SELECT * FROM item;
-- breaks rhythms
UPDATE item SET first_day = first_day + 1;
-- breaks rolled_up_to
UPDATE meta SET value = '77' WHERE key = 'rolled_up_to';
-- breaks pending_has_upload
UPDATE pending_reading SET upload_id = 99;
-- breaks marked_has_upload
INSERT INTO marked_stamp VALUES (99, '00-00-0000-023300-11', 1, TIMESTAMP '2024-01-01 00:00:00', 60);
-- breaks audit_chain
UPDATE audit_entry SET actor = 'somebody else' WHERE number = 2;
-- breaks audit_chain
DELETE FROM audit_entry WHERE number = 2;
-- breaks audit_chain
INSERT INTO audit_entry SELECT * FROM audit_entry WHERE number = 2;
