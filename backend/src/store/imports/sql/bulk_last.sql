SELECT coalesce(max(bulk_id), 0) FROM bulk_upload
