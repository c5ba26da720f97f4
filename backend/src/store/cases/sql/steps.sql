-- Steps of some cases ($1, ',1,2,').
SELECT case_id, number, step, actor, taken_by, strftime(on_day, '%Y-%m-%d'), strftime(entered_at, '%Y-%m-%d %H:%M:%S'), text,
       details, s.file_id, f.name, f.bytes, f.sm3
FROM case_step s LEFT JOIN evidence_file f USING (file_id)
WHERE contains($1, concat(',', case_id, ',')) ORDER BY case_id, number
