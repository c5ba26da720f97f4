-- A new case; its number.
INSERT INTO inspection_case
SELECT coalesce(max(case_id), 0) + 1, $1, $2, $3, $4, CAST($5 AS DATE), CAST($6 AS DATE), $7, $8, 'clue', false,
       CAST($9 AS TIMESTAMP)
FROM inspection_case
RETURNING case_id
