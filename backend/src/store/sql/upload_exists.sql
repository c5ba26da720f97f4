SELECT count(*) > 0 FROM upload WHERE upload_id = ?
