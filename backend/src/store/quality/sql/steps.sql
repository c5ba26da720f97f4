SELECT strftime(s.happened_at, '%Y-%m-%d %H:%M:%S'), s.side, s.author, s.step, s.body, s.submission_id,
       f.file_id, f.name, f.media_type, f.bytes, f.sm3
FROM finding_step s LEFT JOIN evidence_file f USING (file_id)
WHERE s.finding_id = $1 ORDER BY s.step_id;
