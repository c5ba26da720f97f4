UPDATE link_unit SET next_at = NULL, described = '' WHERE upper = ?
