-- The facts of an invented city of $1 units × $2 items × $3 periods of $4 days, as a table that a dashboard would ask.
-- Figures vary by a season and by chance, as many decimals as instruments print.
CREATE TABLE fact AS
WITH base AS (
    SELECT CAST(u AS INTEGER) AS unit_id, CAST(k AS INTEGER) AS energy,
           CAST(hash(u) % 16 AS INTEGER) AS region, CAST(hash(u, 1) % 60 AS INTEGER) AS industry,
           CAST(hash(u, 2) % 3 AS INTEGER) AS class,
           pow(10, 1 + hash(u, k) % 1000000 / 1000000.0 * 3.5) AS size,
           CASE WHEN hash(u, k, 3) % 20 = 0 THEN 650 + hash(u, k) % 100 / 1.0 END AS own
    FROM range(CAST($1 AS BIGINT)) units(u), range(CAST($2 AS BIGINT)) kinds(k)
),
figure AS (
    SELECT unit_id, energy, region, industry, class, CAST(p AS INTEGER) AS period, own,
           size * $4 * (1 + 0.3 * sin(2 * pi() * p * $4 / 365.0)) * (0.85 + 0.3 * (hash(unit_id, energy, p) % 1000000) / 1000000.0) AS quantity,
           hash(p, unit_id, energy) % 50 AS luck
    FROM base, range(CAST($3 AS BIGINT)) periods(p)
)
SELECT unit_id, energy, region, industry, class, period,
       round(quantity, CASE WHEN quantity >= 10000 * $4 THEN 1 ELSE 4 END) AS quantity,
       round(quantity, CASE WHEN quantity >= 10000 * $4 THEN 1 ELSE 4 END)
           * coalesce(own + period % 7 / 10.0, CASE energy WHEN 0 THEN 1229 ELSE 500 + energy * 50 END) / 1000 AS calorific,
       round(quantity, CASE WHEN quantity >= 10000 * $4 THEN 1 ELSE 4 END)
           * coalesce(own + period % 7 / 10.0, CASE energy WHEN 0 THEN 2850 - period * $4 // 365 * 20 ELSE 500 + energy * 50 END) / 1000 AS equivalent,
       CAST(24 * $4 - CASE WHEN luck = 0 THEN 5 ELSE 0 END AS UINTEGER) AS received, CAST(24 * $4 AS UINTEGER) AS expected
FROM figure;
