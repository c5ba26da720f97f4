DELETE FROM link_upper WHERE upper = ?
