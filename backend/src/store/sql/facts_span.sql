-- First and last month of the snapshot, first and last day with a counted figure up to today ($1).
-- A reported month stands for all of its days.
WITH counted AS (
    SELECT min(first_day) AS first_day, max(CASE WHEN last_day > CAST($1 AS DATE) THEN CAST($1 AS DATE) ELSE last_day END) AS last_day FROM v_counted_item
),
month AS (
    SELECT min(m.month) AS first_month,
           max(last_day(m.month)) FILTER (WHERE m.reported AND m.month <= CAST($1 AS DATE)) AS reported_until
    FROM rollup_month m JOIN v_counted_item USING (item_id)
)
SELECT CAST(least(c.first_day, m.first_month) AS VARCHAR),
       CASE WHEN coalesce(c.last_day, m.reported_until) IS NOT NULL
            THEN CAST(least(greatest(c.last_day, m.reported_until), CAST($1 AS DATE)) AS VARCHAR) END
FROM counted c, month m;
