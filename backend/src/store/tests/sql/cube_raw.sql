-- What the cube must answer, from raw readings alone: net quantity and tce on both bases of whole-plant items at the
-- grain $1 (month, day), grouped by region ($2), class ($3), energy type ($4), unit ($5), period ($6) where true,
-- filtered by region ($7), industry prefix ($8), energy type ($9), '' for all, and periods $10 to $11.
WITH day AS (
    SELECT item_id, CAST(ts AS DATE) AS day,
           coalesce(max(value) FILTER (stat_type = 1), sum(value) FILTER (stat_type = 0)) AS quantity
    FROM reading WHERE valid AND stat_type < 2 GROUP BY ALL
),
reported AS (SELECT item_id, CAST(ts AS DATE) AS month, value AS quantity FROM reading WHERE valid AND stat_type = 2),
summed AS (SELECT item_id, CAST(date_trunc('month', day) AS DATE) AS month, sum(quantity) AS quantity FROM day GROUP BY ALL),
month AS (
    SELECT item_id, month, coalesce(r.quantity, s.quantity) AS quantity
    FROM reported r FULL JOIN summed s USING (item_id, month)
),
figure AS (
    SELECT item_id, day AS period, quantity FROM day WHERE $1 = 'day'
    UNION ALL SELECT item_id, month, quantity FROM month WHERE $1 = 'month'
),
own AS (
    SELECT i.unit_id, i.energy_type, m.month, m.quantity AS kgce
    FROM month m JOIN item i USING (item_id) WHERE i.data_class = 5
),
fact AS (
    SELECT u.region_code, u.industry_code, u.class, i.energy_type, u.enterprise_code, f.period,
           CASE i.usage WHEN '11' THEN f.quantity WHEN '30' THEN -f.quantity END AS net,
           coalesce(own.kgce, a.kgce_per_unit) AS calorific, coalesce(own.kgce, b.kgce_per_unit) AS equivalent
    FROM figure f
    JOIN item i USING (item_id)
    JOIN unit u USING (unit_id)
    JOIN dim_factor a ON a.energy_type = i.energy_type AND a.basis = 'calorific' AND f.period BETWEEN a.valid_from AND coalesce(a.valid_to, f.period)
    JOIN dim_factor b ON b.energy_type = i.energy_type AND b.basis = 'equivalent' AND f.period BETWEEN b.valid_from AND coalesce(b.valid_to, f.period)
    LEFT JOIN own ON own.unit_id = i.unit_id AND own.energy_type = i.energy_type AND own.month = date_trunc('month', f.period)
    WHERE i.data_code LIKE '00-00-0000-01%' OR i.data_code LIKE '00-00-0000-02%'
)
SELECT CASE WHEN $2 THEN region_code END, CASE WHEN $3 THEN class END, CASE WHEN $4 THEN energy_type END,
       CASE WHEN $5 THEN enterprise_code END,
       CASE WHEN NOT $6 THEN NULL WHEN $1 = 'day' THEN CAST(period AS VARCHAR) ELSE strftime(period, '%Y-%m') END,
       sum(net), sum(net * calorific) / 1000, sum(net * equivalent) / 1000
FROM fact
WHERE ($7 = '' OR region_code = $7) AND ($8 = '' OR starts_with(industry_code, $8)) AND ($9 = '' OR energy_type = $9)
  AND period BETWEEN CAST($10 AS DATE) AND CAST($11 AS DATE)
GROUP BY 1, 2, 3, 4, 5;
