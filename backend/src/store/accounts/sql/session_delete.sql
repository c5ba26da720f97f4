DELETE FROM session WHERE digest = ?
