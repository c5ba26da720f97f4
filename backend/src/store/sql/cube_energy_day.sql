-- Net quantity and tce on both bases by unit, energy type and day from $1 to $2, days since 1970-01-01;
-- of the units $3 (NULL = all).
SELECT unit_id, energy_type, CAST(day - DATE '1970-01-01' AS INTEGER),
       coalesce(sum(sign * quantity) FILTER (basis = 'calorific'), sum(sign * quantity) FILTER (basis = 'equivalent')),
       sum(tce) FILTER (basis = 'calorific'), sum(tce) FILTER (basis = 'equivalent')
FROM v_energy_day
WHERE quantity IS NOT NULL AND day BETWEEN CAST($1 AS DATE) AND CAST($2 AS DATE)
  AND ($3 IS NULL OR contains($3, concat(',', unit_id, ',')))
GROUP BY ALL;
