-- Units with meters that are overdue on the day $1 or due within 30 days, of the units $2 (NULL = all): how many, the
-- earliest day, and the tce of the last twelve months of the items that the overdue ones measure (data_codes is a JSON
-- array of texts). Longest overdue first.
WITH due AS (
    SELECT unit_id, next_calibration, next_calibration < CAST($1 AS DATE) AS overdue, data_codes
    FROM meter
    WHERE next_calibration <= CAST($1 AS DATE) + 30 AND ($2 IS NULL OR contains($2, concat(',', unit_id, ',')))
),
measured AS (
    SELECT DISTINCT unit_id, unnest(string_split(translate(data_codes, '[]" ', ''), ',')) AS data_code
    FROM due WHERE overdue
),
energy AS (
    SELECT e.unit_id, sum(abs(e.tce)) AS tce
    FROM v_energy_month e JOIN measured USING (unit_id, data_code)
    WHERE e.basis = 'equivalent' AND e.month >= date_trunc('month', CAST($1 AS DATE)) - INTERVAL 12 MONTH
      AND e.month < date_trunc('month', CAST($1 AS DATE))
    GROUP BY e.unit_id
)
SELECT u.enterprise_code, u.name, CAST(count(*) FILTER (d.overdue) AS UINTEGER),
       CAST(count(*) FILTER (NOT d.overdue) AS UINTEGER), CAST(min(d.next_calibration) AS VARCHAR),
       coalesce(any_value(e.tce), 0)
FROM due d JOIN unit u USING (unit_id) LEFT JOIN energy e USING (unit_id)
WHERE u.approved
GROUP BY u.enterprise_code, u.name ORDER BY min(d.next_calibration), u.enterprise_code;
