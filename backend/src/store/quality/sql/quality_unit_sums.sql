-- Quality sums of every unit of regions ($1, '' = all) and industries ($2, by prefix), each separated by commas, days $3 to $4: by unit, and by
-- unit ($5, '' = all). Accuracy counts the meters whose calibration holds on $4. Of the units
-- $7 (NULL = all).
WITH day AS (
    SELECT unit_id, day, sum(expected) AS expected, sum(least(received, expected)) AS received,
           count(*) FILTER (timed) AS timed, count(*) FILTER (timed AND late_hours = 0) AS in_time,
           count(*) FILTER (has_data) AS assessed, count(*) FILTER (valid) AS valid, count(*) FILTER (conforms) AS conforms,
           max(late_hours) FILTER (timed) AS late
    FROM quality_day WHERE day BETWEEN CAST($3 AS DATE) AND CAST($4 AS DATE) GROUP BY unit_id, day
), sums AS (
    SELECT unit_id, sum(expected) AS expected, sum(received) AS received, sum(timed) AS timed, sum(in_time) AS in_time,
           sum(assessed) AS assessed, sum(valid) AS valid, sum(conforms) AS conforms, count(*) AS days,
           count(*) FILTER (assessed = 0) AS silent, count(*) FILTER (late > 0) AS late
    FROM day GROUP BY unit_id
), meters AS (
    SELECT unit_id, count(*) AS meters, count(*) FILTER (next_calibration >= CAST($4 AS DATE)) AS calibrated
    FROM meter WHERE next_calibration IS NOT NULL GROUP BY unit_id
), open AS (
    SELECT unit_id, count(*) AS open, count(*) FILTER (list_contains(CAST($6 AS VARCHAR[]), rule)) AS high
    FROM quality_finding WHERE state = 'open' GROUP BY unit_id
)
SELECT u.enterprise_code, u.name, u.region_code, u.industry_code, u.class,
       CAST(s.expected AS BIGINT), CAST(s.received AS BIGINT), CAST(s.timed AS BIGINT), CAST(s.in_time AS BIGINT),
       CAST(s.assessed AS BIGINT), CAST(s.valid AS BIGINT), CAST(s.conforms AS BIGINT), s.days, s.silent, s.late,
       coalesce(m.meters, 0), coalesce(m.calibrated, 0), coalesce(o.open, 0), coalesce(o.high, 0)
FROM sums s
JOIN unit u ON u.unit_id = s.unit_id
LEFT JOIN meters m ON m.unit_id = s.unit_id
LEFT JOIN open o ON o.unit_id = s.unit_id
WHERE is_within(u.region_code, u.industry_code, $1, $2) AND ($5 = '' OR u.enterprise_code = $5)
  AND ($7 IS NULL OR contains($7, concat(',', u.unit_id, ',')))
ORDER BY u.enterprise_code;
