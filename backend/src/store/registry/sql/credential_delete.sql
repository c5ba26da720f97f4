DELETE FROM credential WHERE enterprise_code = ? AND kind = ?
