-- The whole days of a unit's ($1) energy items from $2 to $3: a reported day, or a day with all its points.
SELECT i.data_code, CAST(d.day AS VARCHAR), d.quantity
FROM item i JOIN dim_usage_role r ON r.usage = i.usage AND r.sign <> 0
JOIN rollup_day d USING (item_id)
WHERE i.unit_id = $1 AND i.data_class <= 3 AND i.energy_type <> '0000' AND d.quantity IS NOT NULL
  AND d.day BETWEEN CAST($2 AS DATE) AND CAST($3 AS DATE) AND (d.reported OR d.received >= i.points_per_day);
