-- tce of the unit $1 on a basis ($2) by day from $4 to $5: of all that counts, or of the items $3 (data codes by comma), each
-- day with how many items were due and came, and with their points.
WITH chosen AS (
    SELECT i.item_id, i.unit_id, i.energy_type, i.points_per_day AS ppd, i.realtime_from, i.first_day,
           CASE WHEN $3 = '' THEN r.sign ELSE 1 END AS sign
    FROM item i JOIN dim_usage_role r ON r.usage = i.usage AND r.sign <> 0
    WHERE i.unit_id = $1 AND i.data_class IN (1, 2) AND i.energy_type <> '0000' AND i.points_per_day > 0
      AND CASE WHEN $3 = '' THEN i.scope = 1 ELSE list_contains(string_split($3, ','), i.data_code) END
      AND EXISTS (SELECT 1 FROM dim_factor f WHERE f.energy_type = i.energy_type AND f.basis = $2)
),
calendar AS (
    SELECT CAST(unnest(generate_series(CAST($4 AS DATE), CAST($5 AS DATE), INTERVAL 1 DAY)) AS DATE) AS day
),
due AS (
    SELECT k.day, count(*) AS items, sum(expected_points(c.ppd, c.realtime_from, k.day, k.day)) AS expected
    FROM calendar k JOIN chosen c ON c.first_day <= k.day
    GROUP BY k.day
),
came AS (
    SELECT d.day, count(*) AS items, sum(received_points(c.ppd, c.realtime_from, d.day, d.received, d.quantity)) AS received,
           sum(c.sign * d.quantity * coalesce(own.kgce_per_unit, f.kgce_per_unit) / 1000 ORDER BY c.item_id) AS tce
    FROM chosen c
    JOIN rollup_day d ON d.item_id = c.item_id AND d.quantity IS NOT NULL AND d.day BETWEEN CAST($4 AS DATE) AND CAST($5 AS DATE)
    JOIN dim_factor f ON f.energy_type = c.energy_type AND f.basis = $2
         AND d.day >= f.valid_from AND (f.valid_to IS NULL OR d.day <= f.valid_to)
    LEFT JOIN v_measured_factor_month own
         ON own.unit_id = c.unit_id AND own.energy_type = c.energy_type AND own.month = date_trunc('month', d.day)
    GROUP BY d.day
)
SELECT CAST(k.day AS VARCHAR), c.tce,
       c.items = k.items AND c.received >= 0.9 * k.expected
FROM due k JOIN came c USING (day)
ORDER BY k.day
