-- A file ($2) of a subject ($1) with its content.
SELECT name, media_type, sm3, content FROM evidence_file WHERE subject = $1 AND file_id = $2
