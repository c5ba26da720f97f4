UPDATE link_member SET rules_sha256 = '' WHERE upper = ?
