-- The facts of the units $2 (ids, comma-separated) by day from $3 to $4, with points up to $5; slice.sql follows.
WITH wanted AS (SELECT unnest(CAST(string_split($2, ',') AS INTEGER[])) AS unit_id),
fact AS (
    SELECT unit_id, energy_type, day AS period,
           coalesce(sum(sign * quantity) FILTER (basis = 'calorific'), sum(sign * quantity) FILTER (basis = 'equivalent')) AS quantity,
           sum(tce) FILTER (basis = 'calorific') AS calorific, sum(tce) FILTER (basis = 'equivalent') AS equivalent,
           NULL::VARCHAR AS product, NULL::DOUBLE AS value_added, NULL::DOUBLE AS output
    FROM v_energy_day JOIN wanted USING (unit_id)
    WHERE quantity IS NOT NULL AND day BETWEEN CAST($3 AS DATE) AND CAST($4 AS DATE)
    GROUP BY unit_id, energy_type, day
    UNION ALL BY NAME
    SELECT unit_id, energy_type, day AS period, received, expected
    FROM points_of_days($3, $5) JOIN wanted USING (unit_id)
    WHERE expected > 0
)
