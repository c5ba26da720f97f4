-- The state ($2), whether the unit has learnt of the case ($3), who handles it ($4).
UPDATE inspection_case SET state = $2, is_told = is_told OR $3, officer = $4 WHERE case_id = $1
