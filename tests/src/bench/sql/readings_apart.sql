-- Readings that differ by item or time.
SELECT count(DISTINCT (item_id, ts)) FROM reading;
