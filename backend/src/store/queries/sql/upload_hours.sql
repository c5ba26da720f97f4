-- The 48 hours up to the one of the time $1, with what came in each of them; hours without uploads have zeros.
WITH hours AS (
    SELECT unnest(generate_series(date_trunc('hour', CAST($1 AS TIMESTAMP)) - INTERVAL 47 HOUR,
                                  date_trunc('hour', CAST($1 AS TIMESTAMP)), INTERVAL 1 HOUR)) AS hour
), came AS (
    SELECT date_trunc('hour', received_at) AS hour, count(*) AS uploads, sum(entries) AS entries, sum(rejected) AS rejected
    FROM upload
    WHERE received_at >= date_trunc('hour', CAST($1 AS TIMESTAMP)) - INTERVAL 47 HOUR
      AND kind IN ('energy', 'import', 'bulk')
    GROUP BY 1
)
SELECT strftime(hour, '%Y-%m-%d %H:00'), coalesce(uploads, 0)::BIGINT, coalesce(entries, 0)::BIGINT,
       coalesce(rejected, 0)::BIGINT
FROM hours LEFT JOIN came USING (hour) ORDER BY hour
