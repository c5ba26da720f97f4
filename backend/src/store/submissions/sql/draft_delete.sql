DELETE FROM draft WHERE account = ? AND subject = ?
