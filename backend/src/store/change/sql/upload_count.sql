UPDATE upload SET counted = true, stored = ?, unchanged = ?, replaced = ?, awaiting_approval = ? WHERE upload_id = ?
