WITH due AS (
    SELECT i.unit_id, count(*) AS n FROM link_due d JOIN item i USING (item_id) WHERE d.upper = $1 GROUP BY i.unit_id
)
SELECT u.enterprise_code, u.name, u.region_code, coalesce(l.registration IS NOT NULL, false), CAST(coalesce(d.n, 0) AS UBIGINT),
       strftime(l.sent_at, '%Y-%m-%d %H:%M:%S'), coalesce(l.code, ''), coalesce(l.reason_zh, ''), coalesce(l.reason_en, ''),
       strftime(l.next_at, '%Y-%m-%d %H:%M:%S')
FROM unit u LEFT JOIN link_unit l ON l.upper = $1 AND l.unit_id = u.unit_id LEFT JOIN due d ON d.unit_id = u.unit_id
WHERE u.approved ORDER BY coalesce(l.code, '') = '', coalesce(d.n, 0) DESC, u.enterprise_code
