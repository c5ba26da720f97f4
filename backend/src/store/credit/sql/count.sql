SELECT count(*) FROM credit_entry
