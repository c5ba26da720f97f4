SELECT unit_id, rules_sha256, strftime(left_at, '%Y-%m-%d %H:%M:%S') FROM link_member WHERE upper = ?
