UPDATE upload SET counted = true, stored = ?, unchanged = ?, replaced = ? WHERE upload_id = ?
