-- How many entries of an upload ($1) were refused, and how many of them are kept. NULL if there is no such upload of an
-- approved device, a file or a system; $2: or of any device; of the units $3 (NULL = all).
SELECT (SELECT rejected FROM upload
        WHERE upload_id = $1 AND ($2 OR sent_by NOT IN (SELECT device_id FROM device WHERE approved_at IS NULL))
          AND ($3 IS NULL OR contains($3, concat(',', unit_id, ',')))),
       (SELECT count(*) FROM rejected WHERE upload_id = $1)
