-- The items of the unit $1 whose energy can be computed on a basis ($2): what it uses, whole or in a part of it, and whether
-- they come by day.
SELECT i.data_code, i.scope, i.points_per_day > 0
FROM item i JOIN dim_usage_role r ON r.usage = i.usage AND r.sign = 1
WHERE i.unit_id = $1 AND i.data_class IN (1, 2) AND i.energy_type <> '0000'
  AND EXISTS (SELECT 1 FROM dim_factor f WHERE f.energy_type = i.energy_type AND f.basis = $2)
ORDER BY i.scope, i.data_code
