-- Outputs (class 04) and reported indicators (class 08) of whole plants and processes of the units $1
-- (ids, comma-separated) by month.
SELECT i.unit_id, i.process, i.data_class, i.energy_type,
       CAST(year(m.month) * 12 + month(m.month) - 1 AS INTEGER), m.quantity
FROM item i
JOIN (SELECT unnest(CAST(string_split($1, ',') AS INTEGER[])) AS unit_id) wanted USING (unit_id)
JOIN rollup_month m USING (item_id)
WHERE i.scope IN (1, 2) AND m.quantity IS NOT NULL
  AND ((i.data_class = 4 AND i.usage = '30') OR i.data_class = 8);
