-- The energy items of a unit ($1) that count as used or made, wherever they are measured.
SELECT i.data_code, i.energy_type, r.sign, i.points_per_day
FROM item i JOIN dim_usage_role r ON r.usage = i.usage AND r.sign <> 0
WHERE i.unit_id = $1 AND i.data_class <= 3 AND i.energy_type <> '0000'
ORDER BY i.data_code;
