UPDATE upload SET counted = true, stored = ?, unchanged = ?, replaced = ?, held = ? WHERE upload_id = ?
