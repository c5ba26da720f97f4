SELECT count(*) FROM bulk_upload WHERE $1 IN ('', sent_by)
