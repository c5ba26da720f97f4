-- What quality holds of every unit, one line a row: figures of days, marks, and open or resolved findings.
SELECT concat_ws('|', 'day', unit_id, item_id, day, expected, received, timed, ifnull(late_hours::VARCHAR, '-'), has_data, valid, conforms) AS line
FROM quality_day
UNION ALL
SELECT concat_ws('|', 'mark', unit_id, ifnull(item_id::VARCHAR, '-'), rule, day, measure, settled, evidence) FROM quality_mark
UNION ALL
SELECT concat_ws('|', 'open', unit_id, ifnull(item_id::VARCHAR, '-'), rule, from_day, to_day, days, measure)
FROM quality_finding WHERE state = 'open'
ORDER BY line
