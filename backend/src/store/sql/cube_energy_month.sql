-- Net quantity and tce on both bases by unit, energy type and month, months as year * 12 + month − 1; of the
-- units $1 (NULL = all).
SELECT unit_id, energy_type, CAST(year(month) * 12 + month(month) - 1 AS INTEGER),
       coalesce(sum(sign * quantity) FILTER (basis = 'calorific'), sum(sign * quantity) FILTER (basis = 'equivalent')),
       sum(tce) FILTER (basis = 'calorific'), sum(tce) FILTER (basis = 'equivalent')
FROM v_energy_month
WHERE quantity IS NOT NULL AND ($1 IS NULL OR contains($1, concat(',', unit_id, ',')))
GROUP BY ALL;
