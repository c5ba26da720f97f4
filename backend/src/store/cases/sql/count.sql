SELECT count(*) FROM inspection_case
