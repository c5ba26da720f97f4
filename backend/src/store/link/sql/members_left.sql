SELECT u.enterprise_code, strftime(m.left_at, '%Y-%m-%d %H:%M:%S') FROM link_member m JOIN unit u USING (unit_id)
WHERE m.upper = ? AND m.left_at IS NOT NULL
