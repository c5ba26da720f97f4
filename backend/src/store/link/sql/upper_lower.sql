UPDATE link_upper SET scanned_upload = least(scanned_upload, $1 - 1)
