-- Units whose readings came after the upload $1.
SELECT DISTINCT unit_id FROM upload WHERE upload_id > $1 AND counted AND unit_id IS NOT NULL;
