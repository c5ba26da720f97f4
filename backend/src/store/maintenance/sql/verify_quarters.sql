-- Quarters in which anything lies.
SELECT CAST(q AS VARCHAR), CAST(CAST(q + INTERVAL 3 MONTH AS DATE) AS VARCHAR) FROM (
    SELECT DISTINCT CAST(date_trunc('quarter', ts) AS DATE) AS q FROM reading
    UNION SELECT DISTINCT CAST(date_trunc('quarter', day) AS DATE) FROM rollup_day
    UNION SELECT DISTINCT CAST(date_trunc('quarter', month) AS DATE) FROM rollup_month
    UNION SELECT DISTINCT CAST(date_trunc('quarter', day) AS DATE) FROM retired_day
) ORDER BY q
