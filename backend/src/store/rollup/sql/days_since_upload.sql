-- What readings later than the last roll-up touched: the process ended between a commit and its roll-up.
SELECT DISTINCT item_id, stat_type, CAST(ts AS DATE) - DATE '1970-01-01' AS day FROM reading WHERE upload_id > ?
