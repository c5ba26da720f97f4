SELECT max(upload_id) FROM upload
