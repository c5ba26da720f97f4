-- Item-days touched by uploads later than $1 and later than the last one that their unit was assessed on.
SELECT DISTINCT r.item_id, CAST(r.ts AS DATE) - DATE '1970-01-01' AS day
FROM reading r JOIN item i USING (item_id) LEFT JOIN quality_unit q USING (unit_id)
WHERE r.upload_id > greatest(CAST($1 AS INTEGER), coalesce(q.assessed_upload, 0))
