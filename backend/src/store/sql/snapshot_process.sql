-- Energy of each process (scope 2) of the units $1 (ids, comma-separated) by month on both bases, with
-- the roles and factors of a total.
SELECT i.unit_id, i.process, CAST(year(m.month) * 12 + month(m.month) - 1 AS INTEGER),
       sum(r.sign * m.quantity * coalesce(own.kgce_per_unit, f.kgce_per_unit) / 1000) FILTER (WHERE f.basis = 'calorific'),
       sum(r.sign * m.quantity * coalesce(own.kgce_per_unit, f.kgce_per_unit) / 1000) FILTER (WHERE f.basis = 'equivalent')
FROM item i
JOIN dim_usage_role r ON r.usage = i.usage AND r.sign <> 0
JOIN rollup_month m USING (item_id)
JOIN dim_factor f ON f.energy_type = i.energy_type
     AND m.month >= f.valid_from AND (f.valid_to IS NULL OR m.month <= f.valid_to)
LEFT JOIN v_measured_factor_month own
     ON own.unit_id = i.unit_id AND own.energy_type = i.energy_type AND own.month = m.month
WHERE list_contains(CAST(string_split($1, ',') AS INTEGER[]), i.unit_id)
  AND i.scope = 2 AND i.data_class IN (1, 2) AND i.energy_type <> '0000' AND m.quantity IS NOT NULL
GROUP BY ALL;
