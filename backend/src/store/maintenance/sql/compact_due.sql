-- Quarters that ended by $1 and hold a tenth or more of readings that no compaction has sorted yet.
SELECT CAST(q.quarter AS VARCHAR), CAST(q.quarter + INTERVAL 3 MONTH AS DATE)::VARCHAR, q.readings
FROM (
    SELECT CAST(date_trunc('quarter', r.ts) AS DATE) AS quarter, count(*) AS readings,
           count(*) FILTER (r.upload_id > c.upto_upload) AS later, any_value(c.readings) AS sorted
    FROM reading r
    LEFT JOIN compaction c ON c.quarter = CAST(date_trunc('quarter', r.ts) AS DATE)
    WHERE r.ts < CAST($1 AS TIMESTAMP)
    GROUP BY 1
) q
WHERE q.sorted IS NULL OR greatest(q.later, q.readings - q.sorted) * 10 >= q.readings
ORDER BY q.quarter
