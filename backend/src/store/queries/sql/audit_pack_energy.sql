-- Energy of one unit ($1) in the years from $2 to $3 by process (00: the whole plant), type and role: quantity, and tce on
-- both bases without sign; none where a month has no factor.
SELECT CAST(year(m.month) AS SMALLINT), CASE WHEN i.scope = 1 THEN '00' ELSE i.process END AS place,
       i.energy_type, i.data_class, r.role,
       sum(m.quantity) FILTER (WHERE coalesce(f.basis, 'calorific') = 'calorific'),
       CASE WHEN bool_and(f.basis IS NOT NULL) THEN
           sum(m.quantity * coalesce(own.kgce_per_unit, f.kgce_per_unit) / 1000) FILTER (WHERE f.basis = 'calorific') END,
       CASE WHEN bool_and(f.basis IS NOT NULL) THEN
           sum(m.quantity * coalesce(own.kgce_per_unit, f.kgce_per_unit) / 1000) FILTER (WHERE f.basis = 'equivalent') END,
       bool_or(own.kgce_per_unit IS NOT NULL)
FROM item i
JOIN dim_usage_role r ON r.usage = i.usage AND r.sign <> 0
JOIN rollup_month m USING (item_id)
LEFT JOIN dim_factor f ON f.energy_type = i.energy_type
     AND m.month >= f.valid_from AND (f.valid_to IS NULL OR m.month <= f.valid_to)
LEFT JOIN v_measured_factor_month own
     ON own.unit_id = i.unit_id AND own.energy_type = i.energy_type AND own.month = m.month
WHERE i.unit_id = $1 AND (i.scope = 1 OR (i.scope = 2 AND i.process <> '00'))
  AND i.data_class IN (1, 2) AND i.energy_type <> '0000' AND m.quantity IS NOT NULL
  AND year(m.month) BETWEEN $2 AND $3
GROUP BY ALL
ORDER BY ALL;
