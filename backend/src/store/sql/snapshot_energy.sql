-- tce of the units $1 (ids, comma-separated) by month and energy group on both bases, and what of it
-- conversion output took off; months as year * 12 + month − 1.
SELECT unit_id, CAST(year(month) * 12 + month(month) - 1 AS INTEGER), energy_group,
       sum(tce) FILTER (WHERE basis = 'calorific'), sum(tce) FILTER (WHERE basis = 'equivalent'),
       -sum(tce) FILTER (WHERE basis = 'calorific' AND sign < 0),
       -sum(tce) FILTER (WHERE basis = 'equivalent' AND sign < 0)
FROM v_energy_month
WHERE list_contains(CAST(string_split($1, ',') AS INTEGER[]), unit_id)
GROUP BY ALL;
