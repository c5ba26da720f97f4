SELECT row_number, outcome, field, code, reason_zh, reason_en FROM bulk_result
WHERE bulk_id = $1 AND outcome = 'rejected' ORDER BY row_number LIMIT $2
