-- What waits ($1 = credit code, '' = all): values, units, items, span, and the tce of its daily values that count at the
-- default factors (equivalent), as they stand and as they would.
SELECT count(*), max(r.replacement_id), count(DISTINCT i.unit_id), count(DISTINCT r.item_id),
       strftime(min(r.ts), '%Y-%m-%d'), strftime(max(r.ts), '%Y-%m-%d'),
       sum(c.sign * CASE WHEN r.old_valid THEN r.old_value ELSE 0 END * f.kgce_per_unit / 1000),
       sum(c.sign * CASE WHEN r.valid THEN r.value ELSE 0 END * f.kgce_per_unit / 1000)
FROM replacement r
JOIN item i USING (item_id)
JOIN unit u USING (unit_id)
LEFT JOIN v_counted_item c ON r.stat_type = 1 AND c.item_id = r.item_id
LEFT JOIN dim_factor f ON f.energy_type = c.energy_type AND f.basis = 'equivalent'
     AND CAST(r.ts AS DATE) >= f.valid_from AND (f.valid_to IS NULL OR CAST(r.ts AS DATE) <= f.valid_to)
WHERE r.state = 'open' AND $1 IN ('', u.enterprise_code)
