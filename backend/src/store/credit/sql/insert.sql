-- A new entry; its number.
INSERT INTO credit_entry SELECT coalesce(max(entry_id), 0) + 1, $1, $2, $3, $4, $5 FROM credit_entry RETURNING entry_id
