-- First and last month of the snapshot, first and last day with a counted figure up to today ($1).
-- A reported month, and one that comes of a year's value, stand for all of their days. Figures dated after today, which a clock that was ahead let in, are no
-- end of the data: the last day before them is.
WITH ahead AS (SELECT item_id FROM v_counted_item WHERE last_day > CAST($1 AS DATE)),
span AS (
    SELECT least(first_day, CAST($1 AS DATE)) AS first_day, CASE WHEN last_day <= CAST($1 AS DATE) THEN last_day END AS last_day
    FROM v_counted_item
    UNION ALL
    SELECT NULL, max(d.day) FROM rollup_day d JOIN ahead USING (item_id) WHERE d.day <= CAST($1 AS DATE)
),
counted AS (SELECT min(first_day) AS first_day, max(last_day) AS last_day FROM span),
month AS (
    SELECT min(m.month) FILTER (WHERE m.month <= CAST($1 AS DATE)) AS first_month,
           max(last_day(m.month)) FILTER (WHERE m.quantity IS NOT NULL AND (m.reported OR m.days = 0) AND m.month <= CAST($1 AS DATE)) AS reported_until
    FROM rollup_month m JOIN v_counted_item USING (item_id)
)
SELECT CAST(least(c.first_day, m.first_month) AS VARCHAR),
       CASE WHEN coalesce(c.last_day, m.reported_until) IS NOT NULL
            THEN CAST(least(greatest(c.last_day, m.reported_until), CAST($1 AS DATE)) AS VARCHAR) END
FROM counted c, month m;
