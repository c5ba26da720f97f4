-- tce by unit and group over the days $2 to $3 on the basis $1, and what of it conversion output took off.
SELECT unit_id, energy_group, sum(tce), -sum(tce) FILTER (WHERE sign < 0) FROM v_energy_day
WHERE basis = $1 AND day BETWEEN CAST($2 AS DATE) AND CAST($3 AS DATE) AND quantity IS NOT NULL
GROUP BY ALL;
