UPDATE submission SET state = $2, decided_by = $3, decided_at = CAST($4 AS TIMESTAMP), upload_id = $5, receipt = $6
WHERE submission_id = $1
