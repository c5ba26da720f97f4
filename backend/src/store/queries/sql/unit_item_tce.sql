-- tce of each counted item of one unit ($1) on a basis ($2) over whole months ($3 to $4) and single
-- days ($5 to $6 and $7 to $8).
WITH part AS (
    SELECT data_code, tce, sign * quantity AS quantity, factor_source FROM v_energy_month
    WHERE unit_id = $1 AND basis = $2 AND month BETWEEN CAST($3 AS DATE) AND CAST($4 AS DATE)
    UNION ALL
    SELECT data_code, tce, sign * quantity, factor_source FROM v_energy_day
    WHERE unit_id = $1 AND basis = $2
      AND (day BETWEEN CAST($5 AS DATE) AND CAST($6 AS DATE) OR day BETWEEN CAST($7 AS DATE) AND CAST($8 AS DATE))
)
SELECT data_code, sum(tce), CASE WHEN sum(quantity) <> 0 THEN sum(tce) * 1000 / sum(quantity) END,
       CASE WHEN min(factor_source) = max(factor_source) THEN min(factor_source) ELSE 'mixed' END
FROM part WHERE tce IS NOT NULL
GROUP BY data_code;
