DELETE FROM import_profile WHERE name = ?
