-- Changes as in unit_changes_count.sql ($1, $2) or of an id ($3, 0 = any), newest first, before the place of the cursor
-- ($4), at most $5; with what stands of the unit.
SELECT c.change_id, c.proposed, c.stood, c.sent_by, c.address, strftime(c.sent_at, '%Y-%m-%d %H:%M:%S'), c.state,
       strftime(c.decided_at, '%Y-%m-%d %H:%M:%S'), c.decided_by, c.reason,
       u.unit_id, u.enterprise_code, u.name, u.region_code, u.industry_code, u.class,
       u.energy_level, u.energy_conversion, u.profile
FROM unit_change c JOIN unit u USING (unit_id)
WHERE $1 IN ('', c.state) AND ($2 = '' OR contains(u.enterprise_code, $2) OR contains(u.name, $2) OR contains(c.proposed, $2))
  AND $3 IN (0, c.change_id) AND c.change_id < $4
ORDER BY c.change_id DESC LIMIT $5
