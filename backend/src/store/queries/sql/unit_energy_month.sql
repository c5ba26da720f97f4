-- Monthly figures of one unit ($1) on a basis ($2) for the months that begin from $3 to $4.
SELECT CAST(month AS VARCHAR), data_code, energy_type, energy_group, quantity_unit, quantity, tce, sign,
       factor_kgce, factor_source, reported
FROM v_energy_month
WHERE unit_id = $1 AND basis = $2 AND month BETWEEN CAST($3 AS DATE) AND CAST($4 AS DATE) AND quantity IS NOT NULL
ORDER BY month, data_code;
