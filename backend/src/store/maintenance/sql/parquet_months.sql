-- Months from $1 to before $2 in which readings of the exported items lie.
SELECT DISTINCT strftime(date_trunc('month', ts), '%Y-%m') AS month
FROM reading SEMI JOIN leaving_item USING (item_id)
WHERE ts >= CAST($1 AS TIMESTAMP) AND ts < CAST($2 AS TIMESTAMP)
ORDER BY month
