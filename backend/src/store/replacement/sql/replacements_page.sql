-- Newest first, before the place of the cursor ($3).
SELECT r.replacement_id, u.enterprise_code, u.name, i.data_code, r.stat_type, strftime(r.ts, '%Y-%m-%d %H:%M:%S'),
       r.old_value, r.old_valid, r.old_upload_id, r.value, r.valid, r.upload_id, coalesce(p.sent_by, ''),
       coalesce(strftime(p.received_at, '%Y-%m-%d %H:%M:%S'), ''), r.state,
       strftime(r.decided_at, '%Y-%m-%d %H:%M:%S'), r.decided_by
FROM replacement r JOIN item i USING (item_id) JOIN unit u USING (unit_id) LEFT JOIN upload p ON p.upload_id = r.upload_id
WHERE $1 IN ('', r.state) AND $2 IN ('', u.enterprise_code) AND r.replacement_id < $3
ORDER BY r.replacement_id DESC LIMIT $4
