-- Id, first and last day of any figure of one unit ($1, its credit code) up to today ($2); a reported month stands for
-- its days. Figures dated after today, which a clock that was ahead let in, are no end of the data.
WITH mine AS (
    SELECT c.item_id, c.first_day, c.last_day FROM v_counted_item c JOIN unit u USING (unit_id) WHERE u.enterprise_code = $1
),
ahead AS (SELECT item_id FROM mine WHERE last_day > CAST($2 AS DATE)),
span AS (
    SELECT first_day, CASE WHEN last_day <= CAST($2 AS DATE) THEN last_day END AS last_day FROM mine
    UNION ALL
    SELECT NULL, max(d.day) FROM rollup_day d JOIN ahead USING (item_id) WHERE d.day <= CAST($2 AS DATE)
)
SELECT u.unit_id,
       CAST((SELECT min(first_day) FROM span WHERE first_day <= CAST($2 AS DATE)) AS VARCHAR),
       CAST(least(CAST($2 AS DATE), greatest(
           (SELECT max(last_day) FROM span),
           (SELECT max(last_day(m.month)) FROM mine JOIN rollup_month m USING (item_id)
            WHERE m.quantity IS NOT NULL AND (m.reported OR m.days = 0) AND m.month <= CAST($2 AS DATE)))) AS VARCHAR)
FROM unit u WHERE u.enterprise_code = $1 AND u.approved;
