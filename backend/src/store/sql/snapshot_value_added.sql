-- Value added of the units $1 (ids, comma-separated) by month; $2 is the class 09 type that plays the role.
SELECT i.unit_id, CAST(year(m.month) * 12 + month(m.month) - 1 AS INTEGER), sum(m.quantity)
FROM item i
JOIN (SELECT unnest(CAST(string_split($1, ',') AS INTEGER[])) AS unit_id) wanted USING (unit_id)
JOIN rollup_month m USING (item_id)
WHERE i.scope = 1 AND i.data_class = 9 AND i.energy_type = $2 AND i.usage = '30' AND m.quantity IS NOT NULL
GROUP BY ALL;
