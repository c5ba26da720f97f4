SELECT finding_id, item_id, rule, from_day - DATE '1970-01-01', to_day - DATE '1970-01-01', days, measure, state FROM quality_finding WHERE unit_id = ? ORDER BY finding_id
