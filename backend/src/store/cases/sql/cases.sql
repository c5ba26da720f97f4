-- Cases of units ($1, NULL = all) by number ($2, 0 = all), officer ($3), unit ($4), violation ($5), states ($6, ',a,b,'; '' = all);
-- $7: only those that their unit has learnt of; $8: only joint ones.
SELECT c.case_id, c.unit_id, c.violation, c.origin, c.origin_ref, strftime(c.act_from, '%Y-%m-%d'),
       strftime(c.act_to, '%Y-%m-%d'), c.is_joint, c.officer, u.enterprise_code, u.name, u.region_code,
       u.industry_code, u.class
FROM inspection_case c JOIN unit u USING (unit_id)
WHERE ($1 IS NULL OR contains($1, concat(',', c.unit_id, ','))) AND $2 IN (0, c.case_id) AND $3 IN ('', c.officer)
  AND $4 IN ('', u.enterprise_code) AND $5 IN ('', c.violation) AND ($6 = '' OR contains($6, concat(',', c.state, ',')))
  AND (NOT $7 OR c.is_told) AND (NOT $8 OR c.is_joint)
ORDER BY c.case_id DESC LIMIT $9
