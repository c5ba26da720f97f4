-- All ($1 = '') or one by its name.
SELECT name, mapping, columns, strftime(saved_at, '%Y-%m-%d %H:%M:%S'), saved_by FROM import_profile
WHERE $1 IN ('', name) ORDER BY name
