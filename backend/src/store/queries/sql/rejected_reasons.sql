-- Rejected entries of the last $2 days before the time $1 by code and field, over all units.
SELECT r.code, r.field, count(*)::BIGINT, count(DISTINCT u.unit_id)::BIGINT, arg_max(r.reason_zh, u.upload_id),
       arg_max(r.reason_en, u.upload_id), strftime(max(u.received_at), '%Y-%m-%d %H:%M:%S'), abs(max(u.upload_id))::BIGINT
FROM rejected r JOIN upload u USING (upload_id)
WHERE u.received_at >= CAST($1 AS TIMESTAMP) - to_days(CAST($2 AS INTEGER))
GROUP BY r.code, r.field ORDER BY 3 DESC, 1, 2 LIMIT 50
