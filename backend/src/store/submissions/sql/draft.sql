SELECT body, strftime(changed_at, '%Y-%m-%d %H:%M:%S') FROM draft WHERE account = ? AND subject = ?
