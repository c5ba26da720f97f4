-- Groups the facts of slice_months.sql or slice_days.sql by the dimensions $1 (comma-separated), periods printed in the
-- format $10; a key is NULL where it is not asked for. The energy groups $6 and types $7 narrow energy, the products $8
-- narrow outputs, '' for all; at most $9 rows. Quantities of two energy types, and outputs of two products, are not added.
, told AS (SELECT string_split($1, ',') AS dims)
SELECT CASE WHEN list_contains(dims, 'year') THEN strftime(f.period, '%Y')
            WHEN list_contains(dims, 'month') THEN strftime(f.period, '%Y-%m')
            WHEN list_contains(dims, 'period') THEN strftime(f.period, CAST($10 AS VARCHAR)) END,
       CASE WHEN list_contains(dims, 'region') THEN u.region_code END,
       CASE WHEN list_contains(dims, 'sector') THEN left(u.industry_code, 3) END,
       CASE WHEN list_contains(dims, 'industry') THEN u.industry_code END,
       CASE WHEN list_contains(dims, 'class') THEN u.class END,
       CASE WHEN list_contains(dims, 'energy') THEN t.energy_group END,
       CASE WHEN list_contains(dims, 'energy_type') THEN f.energy_type END,
       CASE WHEN list_contains(dims, 'product') THEN f.product END,
       CASE WHEN list_contains(dims, 'unit') THEN u.enterprise_code END,
       CASE WHEN min(f.energy_type) FILTER (f.quantity IS NOT NULL) = max(f.energy_type) FILTER (f.quantity IS NOT NULL)
            THEN min(f.energy_type) FILTER (f.quantity IS NOT NULL) END AS only_type,
       CASE WHEN only_type IS NOT NULL THEN sum(f.quantity) END,
       sum(f.calorific), sum(f.equivalent), sum(f.value_added),
       CASE WHEN min(f.product) = max(f.product) THEN min(f.product) END AS only_product,
       CASE WHEN only_product IS NOT NULL THEN sum(f.output) END,
       CAST(coalesce(sum(f.received), 0) AS UBIGINT), CAST(coalesce(sum(f.expected), 0) AS UBIGINT)
FROM fact f
CROSS JOIN told
JOIN unit u USING (unit_id)
LEFT JOIN dim_energy_type t ON t.code = f.energy_type
WHERE f.period BETWEEN CAST($3 AS DATE) AND CAST($4 AS DATE)
  AND CASE WHEN f.energy_type IS NOT NULL
           THEN ($6 = '' OR list_contains(string_split($6, ','), t.energy_group))
                AND ($7 = '' OR list_contains(string_split($7, ','), f.energy_type)) AND NOT list_contains(dims, 'product')
           ELSE NOT list_contains(dims, 'energy') AND NOT list_contains(dims, 'energy_type') END
  AND CASE WHEN f.product IS NOT NULL THEN $8 = '' OR list_contains(string_split($8, ','), f.product)
           ELSE NOT list_contains(dims, 'product') END
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
LIMIT CAST($9 AS INTEGER);
