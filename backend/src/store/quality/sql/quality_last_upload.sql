SELECT coalesce(max(upload_id), 0) FROM upload
