DELETE FROM link_due WHERE upper = ?
