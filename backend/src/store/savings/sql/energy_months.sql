-- tce of the items $3 (data codes by comma) of the unit $1 on a basis ($2) by month from $4 to $5, and whether each item has
-- the month: its own value of it, or nine tenths of its days.
WITH chosen AS (
    SELECT item_id, unit_id, energy_type FROM item
    WHERE unit_id = $1 AND list_contains(string_split($3, ','), data_code)
)
SELECT CAST(m.month AS VARCHAR),
       sum(m.quantity * coalesce(own.kgce_per_unit, f.kgce_per_unit) / 1000 ORDER BY c.item_id),
       count(*) = (SELECT count(*) FROM chosen) AND bool_and(m.reported OR m.days >= 0.9 * day(last_day(m.month)))
FROM chosen c
JOIN rollup_month m ON m.item_id = c.item_id AND m.quantity IS NOT NULL AND m.month BETWEEN CAST($4 AS DATE) AND CAST($5 AS DATE)
JOIN dim_factor f ON f.energy_type = c.energy_type AND f.basis = $2
     AND m.month >= f.valid_from AND (f.valid_to IS NULL OR m.month <= f.valid_to)
LEFT JOIN v_measured_factor_month own
     ON own.unit_id = c.unit_id AND own.energy_type = c.energy_type AND own.month = m.month
GROUP BY m.month ORDER BY m.month
