-- An indicator of class 09 ($2) of one unit ($1) by year, from $3 to $4.
SELECT CAST(year(m.month) AS SMALLINT), sum(m.quantity)
FROM item i
JOIN rollup_month m USING (item_id)
WHERE i.unit_id = $1 AND i.scope = 1 AND i.data_class = 9 AND i.energy_type = $2 AND i.usage = '30'
  AND m.quantity IS NOT NULL AND year(m.month) BETWEEN $3 AND $4
GROUP BY ALL;
