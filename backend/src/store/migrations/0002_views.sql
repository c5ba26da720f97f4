-- How a quantity becomes tce: the one place. Dropping a factor or naming a role changes every figure at once.

-- Whole-plant items of classes 01 and 02 with a role that counts; totals (0000) never.
CREATE VIEW v_counted_item AS
SELECT i.item_id, i.unit_id, i.data_code, i.energy_type, i.data_class, t.energy_group, t.quantity_unit,
       r.role, r.sign, i.points_per_day, i.realtime_from, i.first_day, i.last_day
FROM item i
JOIN dim_usage_role r ON r.usage = i.usage AND r.sign <> 0
JOIN dim_energy_type t ON t.code = i.energy_type
WHERE i.scope = 1 AND i.data_class IN (1, 2) AND i.energy_type <> '0000';

-- A unit's own factor (classes 05, 06) per month, in kgce per dictionary unit, on the calorific basis.
-- Terminals send tce, kgce or kJ per unit; the magnitude against the default tells which, nothing else is used.
CREATE VIEW v_measured_factor_month AS
SELECT i.unit_id, i.energy_type, m.month,
       avg(CASE WHEN m.quantity / f.kgce_per_unit BETWEEN 0.3 AND 3 THEN m.quantity
                WHEN m.quantity * 1000 / f.kgce_per_unit BETWEEN 0.3 AND 3 THEN m.quantity * 1000
                WHEN m.quantity / 29.3076 / f.kgce_per_unit BETWEEN 0.3 AND 3 THEN m.quantity / 29.3076 END) AS kgce_per_unit
FROM item i
JOIN rollup_month m USING (item_id)
JOIN dim_factor f ON f.energy_type = i.energy_type AND f.basis = 'calorific'
     AND m.month >= f.valid_from AND (f.valid_to IS NULL OR m.month <= f.valid_to)
WHERE i.scope = 1 AND i.data_class IN (5, 6)
GROUP BY ALL
HAVING kgce_per_unit IS NOT NULL;

-- Default factors by month and basis with the unit's own laid over them.
CREATE VIEW v_energy_month AS
SELECT c.unit_id, c.item_id, c.data_code, c.energy_type, c.energy_group, c.quantity_unit, c.role, c.sign,
       m.month, m.quantity, m.reported, m.days, f.basis,
       coalesce(own.kgce_per_unit, f.kgce_per_unit) AS factor_kgce,
       CASE WHEN own.kgce_per_unit IS NOT NULL THEN 'measured' ELSE f.source END AS factor_source,
       c.sign * m.quantity * coalesce(own.kgce_per_unit, f.kgce_per_unit) / 1000 AS tce
FROM v_counted_item c
JOIN rollup_month m USING (item_id)
JOIN dim_factor f ON f.energy_type = c.energy_type
     AND m.month >= f.valid_from AND (f.valid_to IS NULL OR m.month <= f.valid_to)
LEFT JOIN v_measured_factor_month own
     ON own.unit_id = c.unit_id AND own.energy_type = c.energy_type AND own.month = m.month;

-- The same by day; the unit's factor of the month applies to its days.
CREATE VIEW v_energy_day AS
SELECT c.unit_id, c.item_id, c.data_code, c.energy_type, c.energy_group, c.quantity_unit, c.role, c.sign,
       d.day, d.quantity, d.reported, d.received, d.manual, f.basis,
       coalesce(own.kgce_per_unit, f.kgce_per_unit) AS factor_kgce,
       CASE WHEN own.kgce_per_unit IS NOT NULL THEN 'measured' ELSE f.source END AS factor_source,
       c.sign * d.quantity * coalesce(own.kgce_per_unit, f.kgce_per_unit) / 1000 AS tce
FROM v_counted_item c
JOIN rollup_day d USING (item_id)
JOIN dim_factor f ON f.energy_type = c.energy_type
     AND d.day >= f.valid_from AND (f.valid_to IS NULL OR d.day <= f.valid_to)
LEFT JOIN v_measured_factor_month own
     ON own.unit_id = c.unit_id AND own.energy_type = c.energy_type AND own.month = date_trunc('month', d.day);
