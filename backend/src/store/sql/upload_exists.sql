-- Whether there is an upload ($1) that is of an approved device, a file or a system; $2: or of any device.
SELECT count(*) > 0 FROM upload
WHERE upload_id = $1 AND ($2 OR sent_by NOT IN (SELECT device_id FROM device WHERE approved_at IS NULL))
