-- The whole months of a unit's ($1) energy items that lie between $2 and $3: a reported month, or a month with all its days.
SELECT i.data_code, CAST(m.month AS VARCHAR), m.quantity
FROM item i JOIN dim_usage_role r ON r.usage = i.usage AND r.sign <> 0
JOIN rollup_month m USING (item_id)
WHERE i.unit_id = $1 AND i.data_class <= 3 AND i.energy_type <> '0000' AND m.quantity IS NOT NULL
  AND m.month >= CAST($2 AS DATE) AND last_day(m.month) <= CAST($3 AS DATE)
  AND (m.reported OR m.days = day(last_day(m.month)));
