SELECT u.enterprise_code, u.name, i.data_code, r.stat_type, strftime(r.ts, '%Y-%m-%d %H:%M:%S'), r.value, r.code, r.reason,
       strftime(r.refused_at, '%Y-%m-%d %H:%M:%S')
FROM link_refused r JOIN item i USING (item_id) JOIN unit u USING (unit_id)
WHERE r.upper = $1 ORDER BY r.refused_at DESC, u.enterprise_code, i.data_code, r.ts DESC LIMIT $2
