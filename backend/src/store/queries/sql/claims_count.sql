SELECT count(*) FROM claim c LEFT JOIN unit u USING (enterprise_code)
WHERE $1 IN ('', c.state) AND ($2 = '' OR contains(c.enterprise_code, $2) OR contains(coalesce(u.name, ''), $2)
                               OR contains(coalesce(c.address, ''), $2) OR contains(coalesce(c.subject, ''), $2))
