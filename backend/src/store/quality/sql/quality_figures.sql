-- Day figures of units ($1, a list), each from its day of $2 to its day of $3, and of the year before from $4 to $5.
WITH asked AS (
    SELECT unnest(CAST($1 AS INTEGER[])) AS unit_id, DATE '1970-01-01' + unnest(CAST($2 AS INTEGER[])) AS first_day,
           DATE '1970-01-01' + unnest(CAST($3 AS INTEGER[])) AS last_day,
           DATE '1970-01-01' + unnest(CAST($4 AS INTEGER[])) AS first_before,
           DATE '1970-01-01' + unnest(CAST($5 AS INTEGER[])) AS last_before
), own AS (
    SELECT i.item_id, a.* EXCLUDE (unit_id) FROM item i JOIN asked a USING (unit_id)
)
SELECT d.item_id, d.day - DATE '1970-01-01', d.quantity FROM rollup_day d JOIN own USING (item_id)
WHERE (d.day BETWEEN own.first_day AND own.last_day OR d.day BETWEEN own.first_before AND own.last_before)
  AND d.quantity IS NOT NULL
  AND d.day >= DATE '1970-01-01' + list_min(CAST($4 AS INTEGER[]))
  AND d.day <= DATE '1970-01-01' + list_max(CAST($3 AS INTEGER[]));
