-- Data codes and years of a unit ($1) for which days or months are there: a year's value of them does not count.
SELECT DISTINCT i.data_code, CAST(year(m.month) AS SMALLINT)
FROM rollup_month m JOIN item i USING (item_id)
WHERE i.unit_id = $1 AND m.quantity IS NOT NULL AND (m.reported OR m.days > 0)
