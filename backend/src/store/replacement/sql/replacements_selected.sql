-- Open replacements: all ($1), or by id ($2), by upload ($3), by credit code ($4, '' = none); none after the id $5.
SELECT r.replacement_id, r.item_id, r.stat_type, epoch_ms(r.ts) // 1000, r.value, r.valid, r.input_type, r.upload_id
FROM replacement r JOIN item i USING (item_id) JOIN unit u USING (unit_id)
WHERE r.state = 'open' AND ($1 OR list_contains(CAST($2 AS INTEGER[]), r.replacement_id)
      OR list_contains(CAST($3 AS INTEGER[]), r.upload_id) OR u.enterprise_code = $4)
      AND r.replacement_id <= $5
ORDER BY r.replacement_id
