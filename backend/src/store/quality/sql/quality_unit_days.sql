-- Quality of one unit ($1, credit code) by day, $2 to $3.
SELECT CAST(q.day AS VARCHAR), CAST(sum(expected) AS BIGINT), CAST(sum(least(received, expected)) AS BIGINT),
       count(*) FILTER (timed), count(*) FILTER (timed AND late_hours = 0), count(*) FILTER (has_data),
       count(*) FILTER (valid), count(*) FILTER (conforms), max(late_hours),
       any_value(m.meters), any_value(m.calibrated), any_value(f.findings)
FROM quality_day q
JOIN unit u ON u.unit_id = q.unit_id
LEFT JOIN LATERAL (SELECT count(*) AS meters, count(*) FILTER (next_calibration >= q.day) AS calibrated
                   FROM meter WHERE meter.unit_id = q.unit_id AND next_calibration IS NOT NULL) m ON true
LEFT JOIN LATERAL (SELECT count(*) AS findings FROM quality_finding
                   WHERE quality_finding.unit_id = q.unit_id AND q.day BETWEEN from_day AND to_day) f ON true
WHERE u.enterprise_code = $1 AND q.day BETWEEN CAST($2 AS DATE) AND CAST($3 AS DATE)
GROUP BY q.day ORDER BY q.day;
