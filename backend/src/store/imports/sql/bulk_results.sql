SELECT row_number, outcome, field, code, reason_zh, reason_en FROM bulk_result
WHERE bulk_id = $1 AND row_number > $2 AND row_number <= $3 ORDER BY row_number
