SELECT coalesce(max(replacement_id), 0) FROM replacement
