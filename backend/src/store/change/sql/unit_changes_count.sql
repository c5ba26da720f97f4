-- Changes in a state ($1, '' = all) of units whose credit code or name holds a text ($2, '' = all).
SELECT count(*) FROM unit_change c JOIN unit u USING (unit_id)
WHERE $1 IN ('', c.state) AND ($2 = '' OR contains(u.enterprise_code, $2) OR contains(u.name, $2) OR contains(c.proposed, $2))
