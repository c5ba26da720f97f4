UPDATE bulk_upload SET rows_done = rows_done + $1, stored = stored + $2, unchanged = unchanged + $3,
  replaced = replaced + $4, awaiting_approval = awaiting_approval + $5, rejected = rejected + $6
WHERE bulk_id = $7
