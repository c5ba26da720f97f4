-- Day figures of items ($1, a list) from $2 to $3.
SELECT item_id, day - DATE '1970-01-01', quantity FROM rollup_day
WHERE item_id IN (SELECT unnest(CAST($1 AS INTEGER[]))) AND day BETWEEN CAST($2 AS DATE) AND CAST($3 AS DATE)
  AND quantity IS NOT NULL;
