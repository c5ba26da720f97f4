SELECT count(*) FROM upload p LEFT JOIN unit u USING (unit_id)
WHERE $1 IN ('', u.enterprise_code) AND $2 IN ('', p.kind) AND (NOT $3 OR p.rejected > 0)
  AND strftime(p.received_at, '%Y-%m-%d') BETWEEN $4 AND $5
