UPDATE link_unit SET next_at = NULL WHERE upper = ?
