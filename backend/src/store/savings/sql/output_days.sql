-- Outputs of the unit $1 by day from $2 to $3, by process and product.
SELECT CAST(d.day AS VARCHAR), i.process, i.energy_type, sum(d.quantity ORDER BY i.item_id)
FROM item i JOIN rollup_day d USING (item_id)
WHERE i.unit_id = $1 AND i.scope IN (1, 2) AND i.data_class = 4 AND i.usage = '30' AND d.quantity IS NOT NULL
  AND d.day BETWEEN CAST($2 AS DATE) AND CAST($3 AS DATE)
GROUP BY d.day, i.process, i.energy_type ORDER BY d.day
