UPDATE link_upper SET scanned_upload = 0 WHERE upper = ?
