-- A unit's own factor (classes 05, 06) per month, in kgce per dictionary unit, on the calorific basis.
-- Values come per tonne, per 10^4 m3, or, as laboratories write them, in kcal, kJ or MJ per kg or m3; the magnitude against
-- the default tells which: the nearest reading within a factor of three, and nothing else is used.
CREATE OR REPLACE VIEW v_measured_factor_month AS
WITH way(quantity_unit, times) AS (
    VALUES
        -- kgce, tce and kJ per unit
        (NULL, 1.0), (NULL, 1000.0), (NULL, 1 / 29.3076),
        -- kcal/kg, MJ/kg, kgce/kg, and kJ/t
        ('t', 4.1868 / 29.3076), ('t', 1000 / 29.3076), ('t', 1 / 29307.6),
        -- kcal/m3, kJ/m3, MJ/m3, kgce/m3
        ('10^4 m3', 41868 / 29307.6), ('10^4 m3', 10000 / 29307.6), ('10^4 m3', 10000000 / 29307.6), ('10^4 m3', 10000.0)
),
told AS (
    SELECT i.unit_id, i.energy_type, m.month, i.item_id,
           arg_min(m.quantity * w.times, abs(ln(m.quantity * w.times / f.kgce_per_unit))) AS kgce_per_unit
    FROM item i
    JOIN rollup_month m USING (item_id)
    JOIN dim_energy_type t ON t.code = i.energy_type
    JOIN dim_factor f ON f.energy_type = i.energy_type AND f.basis = 'calorific'
         AND m.month >= f.valid_from AND (f.valid_to IS NULL OR m.month <= f.valid_to)
    JOIN way w ON w.quantity_unit IS NULL OR w.quantity_unit = t.quantity_unit
    WHERE i.scope = 1 AND i.data_class IN (5, 6) AND m.quantity > 0 AND f.kgce_per_unit > 0
      AND m.quantity * w.times / f.kgce_per_unit BETWEEN 0.3 AND 3
    GROUP BY ALL
)
SELECT unit_id, energy_type, month, avg(kgce_per_unit) AS kgce_per_unit
FROM told WHERE kgce_per_unit IS NOT NULL
GROUP BY ALL;
