-- Months that a commit touched: their days, summed or averaged, and the reported month (stat type 2). One of
-- rollup_month.sql and rollup_month_year.sql follows.
DELETE FROM rollup_month USING changed_month d WHERE rollup_month.item_id = d.item_id AND rollup_month.month = d.month;
INSERT INTO rollup_month
WITH days AS (
    SELECT d.item_id, d.month,
           CASE WHEN is_averaged(any_value(i.data_class)) THEN avg(r.quantity) ELSE sum(r.quantity) END AS quantity,
           count(r.quantity) AS days
    FROM changed_month d
    JOIN item i ON i.item_id = d.item_id
    JOIN rollup_day r ON r.item_id = d.item_id AND date_trunc('month', r.day) = d.month
    WHERE r.day >= (SELECT min(month) FROM changed_month) AND r.day < (SELECT max(month) + INTERVAL 1 MONTH FROM changed_month)
    GROUP BY d.item_id, d.month
), reported AS (
    SELECT d.item_id, d.month, max(r.value) AS quantity
    FROM changed_month d
    JOIN reading r ON r.item_id = d.item_id AND r.stat_type = 2 AND r.ts = d.month AND r.valid
    GROUP BY d.item_id, d.month
)
