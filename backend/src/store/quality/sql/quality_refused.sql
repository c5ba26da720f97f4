-- Entries of units ($1, a list) refused because their time starts no period, received on each one's day of $2 or later.
WITH asked AS (
    SELECT unnest(CAST($1 AS INTEGER[])) AS unit_id, DATE '1970-01-01' + unnest(CAST($2 AS INTEGER[])) AS first_day
)
SELECT u.unit_id, r.entry, epoch_ms(u.received_at) // 1000
FROM rejected r JOIN upload u USING (upload_id) JOIN asked a USING (unit_id)
WHERE r.code = 'entry_stat_date_not_period_start' AND u.received_at >= a.first_day;
