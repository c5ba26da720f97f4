-- Files of a subject ($2), and bytes of all files of a unit ($1).
SELECT count(*) FILTER (WHERE subject = $2), coalesce(sum(bytes), 0) FROM evidence_file WHERE unit_id = $1
