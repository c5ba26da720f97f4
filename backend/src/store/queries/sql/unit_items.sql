-- Every item of one unit ($1) with its quantity over whole months ($2 to $3) and single days
-- ($4 to $5 and $6 to $7), summed, or averaged for the classes that have no sum;
-- origin of the days from $8 to $9.
WITH own AS (SELECT * FROM item WHERE unit_id = $1),
part AS (
    SELECT item_id, quantity FROM rollup_month SEMI JOIN own USING (item_id)
    WHERE month BETWEEN CAST($2 AS DATE) AND CAST($3 AS DATE)
    UNION ALL
    SELECT item_id, quantity FROM rollup_day SEMI JOIN own USING (item_id)
    WHERE day BETWEEN CAST($4 AS DATE) AND CAST($5 AS DATE) OR day BETWEEN CAST($6 AS DATE) AND CAST($7 AS DATE)
),
amount AS (SELECT item_id, sum(quantity) AS total, avg(quantity) AS mean FROM part GROUP BY ALL),
origin AS (
    SELECT item_id, bool_and(reported) AS all_reported, bool_or(reported) AS any_reported
    FROM rollup_day SEMI JOIN own USING (item_id)
    WHERE quantity IS NOT NULL AND day BETWEEN CAST($8 AS DATE) AND CAST($9 AS DATE)
    GROUP BY ALL
)
SELECT o.data_code, o.in_dictionary, coalesce(r.role, 'unnamed'), c.item_id IS NOT NULL,
       CASE WHEN is_averaged(o.data_class) THEN a.mean ELSE a.total END,
       CASE WHEN g.all_reported THEN 'reported' WHEN g.any_reported THEN 'mixed'
            WHEN NOT g.any_reported THEN 'summed' END
FROM own o
LEFT JOIN dim_usage_role r ON r.usage = o.usage
LEFT JOIN v_counted_item c ON c.item_id = o.item_id
LEFT JOIN amount a ON a.item_id = o.item_id
LEFT JOIN origin g ON g.item_id = o.item_id
ORDER BY c.item_id IS NULL, o.scope, o.data_class, o.data_code;
