-- The facts of the units $2 (ids, comma-separated) by month from $3 to $4, with points up to $5, value added of the class 09
-- type $11, and outputs of the products $12 (code@process, comma-separated); slice.sql follows. The output of a product is
-- that of its process, or of the whole plant.
WITH wanted AS (SELECT unnest(CAST(string_split($2, ',') AS INTEGER[])) AS unit_id),
product AS (
    SELECT split_part(word, '@', 1) AS code, split_part(word, '@', 2) AS process
    FROM (SELECT unnest(string_split($12, ',')) AS word)
),
made AS (
    SELECT i.unit_id, i.process, i.energy_type, m.month, sum(m.quantity) AS output
    FROM item i JOIN wanted USING (unit_id) JOIN rollup_month m USING (item_id)
    WHERE i.scope IN (1, 2) AND i.data_class = 4 AND i.usage = '30' AND m.quantity IS NOT NULL
    GROUP BY ALL
),
fact AS (
    SELECT unit_id, energy_type, month AS period,
           coalesce(sum(sign * quantity) FILTER (basis = 'calorific'), sum(sign * quantity) FILTER (basis = 'equivalent')) AS quantity,
           sum(tce) FILTER (basis = 'calorific') AS calorific, sum(tce) FILTER (basis = 'equivalent') AS equivalent
    FROM v_energy_month JOIN wanted USING (unit_id)
    WHERE quantity IS NOT NULL AND month BETWEEN CAST($3 AS DATE) AND CAST($4 AS DATE)
    GROUP BY unit_id, energy_type, month
    UNION ALL BY NAME
    SELECT unit_id, energy_type, month AS period, least(received, expected) AS received, expected
    FROM points_of_months($2, $3, $4, $5)
    WHERE expected > 0
    UNION ALL BY NAME
    SELECT i.unit_id, m.month AS period, sum(m.quantity) AS value_added
    FROM item i JOIN wanted USING (unit_id) JOIN rollup_month m USING (item_id)
    WHERE i.scope = 1 AND i.data_class = 9 AND i.energy_type = $11 AND i.usage = '30' AND m.quantity IS NOT NULL
    GROUP BY ALL
    UNION ALL BY NAME
    SELECT m.unit_id, m.month AS period, p.code AS product, arg_max(m.output, CAST(m.process = p.process AS TINYINT)) AS output
    FROM made m JOIN product p ON p.code = m.energy_type AND m.process IN (p.process, '00')
    GROUP BY m.unit_id, m.month, p.code
    HAVING arg_max(m.output, CAST(m.process = p.process AS TINYINT)) <> 0
)
