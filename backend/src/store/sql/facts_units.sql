-- Every approved unit with its first and last day of data, device, newest upload and meters; $1 is today, $2 now. What is
-- dated after, because a clock was ahead, is neither the last day nor the newest upload.
WITH ahead AS (SELECT unit_id, item_id FROM v_counted_item WHERE last_day > CAST($1 AS DATE)),
known AS (
    SELECT unit_id, first_day, CASE WHEN last_day <= CAST($1 AS DATE) THEN last_day END AS last_day FROM v_counted_item
    UNION ALL
    SELECT a.unit_id, NULL, max(d.day) FROM rollup_day d JOIN ahead a USING (item_id)
    WHERE d.day <= CAST($1 AS DATE) GROUP BY a.unit_id
),
span AS (
    SELECT unit_id, min(first_day) FILTER (WHERE first_day <= CAST($1 AS DATE)) AS first_day, max(last_day) AS last_day
    FROM known GROUP BY unit_id
),
dev AS (
    SELECT unit_id, min(approved_at) AS approved_at,
           CASE WHEN bool_or(state = 'approved') THEN 'approved'
                WHEN bool_or(state = 'pending') THEN 'pending' ELSE 'revoked' END AS state
    FROM device GROUP BY unit_id
),
sent AS (
    SELECT unit_id, coalesce(max(received_at) FILTER (WHERE received_at <= CAST($2 AS TIMESTAMP)), CAST($2 AS TIMESTAMP)) AS received_at
    FROM upload
    WHERE counted AND kind IN ('energy', 'import', 'bulk') GROUP BY unit_id
),
instrument AS (
    SELECT unit_id, count(*) AS total,
           count(*) FILTER (WHERE next_calibration < CAST($1 AS DATE)) AS overdue,
           min(name) FILTER (WHERE next_calibration < CAST($1 AS DATE)) AS overdue_name
    FROM meter GROUP BY unit_id
)
SELECT u.unit_id, u.enterprise_code, u.name, u.region_code, u.industry_code, u.class, u.energy_conversion,
       CAST(s.first_day AS VARCHAR), CAST(s.last_day AS VARCHAR), coalesce(d.state, 'none'),
       CAST(CAST(d.approved_at AS DATE) AS VARCHAR), CAST(CAST(u.created_at AS DATE) AS VARCHAR),
       strftime(x.received_at, '%Y-%m-%d %H:%M:%S'),
       coalesce(i.total, 0), coalesce(i.overdue, 0), i.overdue_name
FROM unit u
LEFT JOIN span s USING (unit_id)
LEFT JOIN dev d USING (unit_id)
LEFT JOIN sent x USING (unit_id)
LEFT JOIN instrument i USING (unit_id)
WHERE u.approved
ORDER BY u.enterprise_code;
