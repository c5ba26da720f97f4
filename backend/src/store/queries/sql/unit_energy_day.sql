-- Daily figures of one unit ($1) on a basis ($2) over the days $3 to $4.
SELECT CAST(day AS VARCHAR), data_code, energy_type, energy_group, quantity_unit, quantity, tce, sign,
       factor_kgce, factor_source, reported
FROM v_energy_day
WHERE unit_id = $1 AND basis = $2 AND day BETWEEN CAST($3 AS DATE) AND CAST($4 AS DATE) AND quantity IS NOT NULL
ORDER BY day, data_code;
