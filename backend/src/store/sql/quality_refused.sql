-- Entries of a unit ($1) refused because their time starts no period, received on $2 or later.
SELECT r.entry, epoch_ms(u.received_at) // 1000
FROM rejected r JOIN upload u USING (upload_id)
WHERE u.unit_id = $1 AND r.code = 'entry_stat_date_not_period_start' AND u.received_at >= CAST($2 AS DATE);
