DELETE FROM visit WHERE account = ?
