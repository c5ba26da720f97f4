-- The newest upload, how many up to the upload $1 (or all, below 0) count, and the number of approved units.
SELECT coalesce(max(upload_id), 0),
       count(*) FILTER (WHERE counted AND ($1 < 0 OR upload_id <= $1)),
       (SELECT count(*) FROM unit WHERE approved)
FROM upload;
