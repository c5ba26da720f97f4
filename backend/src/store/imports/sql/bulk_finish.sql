UPDATE bulk_upload SET state = $1, finished_at = CAST($2 AS TIMESTAMP), answer = $3 WHERE bulk_id = $4
