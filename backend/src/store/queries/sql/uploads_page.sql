-- Uploads as in uploads_count.sql ($1 to $3, received $6 to $7, $8: all, units $9), newest first, before the place of the cursor ($4).
SELECT p.upload_id, strftime(p.received_at, '%Y-%m-%d %H:%M:%S'), coalesce(u.enterprise_code, ''), u.name, p.sent_by, p.kind,
       p.entries, p.stored, p.unchanged, p.replaced, p.rejected, p.counted,
       strftime(p.first_ts, '%Y-%m-%d %H:%M:%S'), strftime(p.last_ts, '%Y-%m-%d %H:%M:%S'), coalesce(p.awaiting_approval, 0)
FROM upload p LEFT JOIN unit u USING (unit_id)
WHERE $1 IN ('', u.enterprise_code) AND $2 IN ('', p.kind) AND (NOT $3 OR p.rejected > 0) AND p.upload_id < $4
  AND strftime(p.received_at, '%Y-%m-%d') BETWEEN $6 AND $7
  AND ($8 OR p.sent_by NOT IN (SELECT device_id FROM device WHERE approved_at IS NULL))
  AND ($9 IS NULL OR contains($9, concat(',', p.unit_id, ',')))
ORDER BY p.upload_id DESC LIMIT $5
