-- Months of the days of the items of units ($1, a list) that may have a habit, the items of $2 and those that stood at zero:
-- item, first day, days, days at zero, their median, and days on which the item came back while another of its unit had run.
WITH own AS (
    SELECT i.unit_id, item_id, day, quantity FROM rollup_day JOIN item i USING (item_id)
    WHERE i.unit_id IN (SELECT unnest(CAST($1 AS INTEGER[]))) AND quantity IS NOT NULL
),
ran AS (SELECT DISTINCT unit_id, day FROM own WHERE quantity > 0),
asked AS (
    SELECT DISTINCT item_id FROM own WHERE quantity = 0 OR item_id IN (SELECT unnest(CAST($2 AS INTEGER[])))
),
told AS (
    SELECT item_id, day, quantity,
           lag(quantity = 0 AND ran.day IS NOT NULL) OVER (PARTITION BY item_id ORDER BY own.day) AS stood
    FROM own LEFT JOIN ran USING (unit_id, day) WHERE item_id IN (FROM asked)
)
SELECT item_id, CAST(date_trunc('month', day) AS DATE) - DATE '1970-01-01', count(*), count(*) FILTER (quantity = 0),
       median(quantity), count(*) FILTER (stood AND quantity > 0)
FROM told GROUP BY ALL ORDER BY 1, 2;
