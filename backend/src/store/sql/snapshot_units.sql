-- Every approved unit with its first and last day of data, device, newest upload and meters; $1 is today, $2 now. What is
-- dated after, because a clock was ahead, is neither the last day nor the newest upload. Items without days count by
-- their months; where a unit has no others, it is silent from the day after its last month with a figure, once the one
-- after that is overdue (as in the macro points_of_months).
WITH ahead AS (SELECT unit_id, item_id FROM v_counted_item WHERE last_day > CAST($1 AS DATE)),
known AS (
    SELECT unit_id, first_day, CASE WHEN last_day <= CAST($1 AS DATE) THEN last_day END AS last_day FROM v_counted_item
    UNION ALL
    SELECT a.unit_id, NULL, max(d.day) FROM rollup_day d JOIN ahead a USING (item_id)
    WHERE d.day <= CAST($1 AS DATE) GROUP BY a.unit_id
),
days AS (
    SELECT unit_id, min(first_day) FILTER (WHERE first_day <= CAST($1 AS DATE)) AS first_day, max(last_day) AS last_day
    FROM known GROUP BY unit_id
),
months AS (
    SELECT c.unit_id, min(m.month) AS first_day, max(last_day(m.month)) AS last_day, bool_or(m.reported) AS monthly
    FROM v_counted_item c JOIN rollup_month m USING (item_id)
    WHERE c.points_per_day = 0 AND m.quantity IS NOT NULL AND m.month <= CAST($1 AS DATE) GROUP BY c.unit_id
),
span AS (
    SELECT d.unit_id, least(d.first_day, m.first_day) AS first_day,
           -- least() passes over a missing month, so it is not asked for one.
           greatest(d.last_day, CASE WHEN m.last_day IS NOT NULL THEN least(m.last_day, CAST($1 AS DATE)) END) AS last_day,
           CASE WHEN d.last_day IS NULL AND CASE WHEN m.monthly THEN last_day(m.last_day + 1) + 10
                     ELSE CAST(date_trunc('year', m.last_day + 1) + INTERVAL 1 YEAR AS DATE) + 30 END < CAST($1 AS DATE)
                THEN m.last_day + 1 END AS silent_since
    FROM days d LEFT JOIN months m USING (unit_id)
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
       coalesce(i.total, 0), coalesce(i.overdue, 0), i.overdue_name,
       CAST(s.silent_since AS VARCHAR)
FROM unit u
LEFT JOIN span s USING (unit_id)
LEFT JOIN dev d USING (unit_id)
LEFT JOIN sent x USING (unit_id)
LEFT JOIN instrument i USING (unit_id)
WHERE u.approved
ORDER BY u.enterprise_code;
