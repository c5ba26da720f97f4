SELECT count(*) FROM replacement r JOIN item i USING (item_id) JOIN unit u USING (unit_id)
WHERE $1 IN ('', r.state) AND $2 IN ('', u.enterprise_code)
