-- Day figures around a finding: item $1, days $2 to $3.
SELECT CAST(d.day AS VARCHAR), d.quantity, d.reported FROM rollup_day d
WHERE d.item_id = $1 AND d.day BETWEEN CAST($2 AS DATE) AND CAST($3 AS DATE) ORDER BY d.day;
