SELECT content, saved_by, strftime(saved_at, '%Y-%m-%d %H:%M:%S')
FROM unit_shifts WHERE unit_id = $1 ORDER BY shifts_id DESC LIMIT 1
