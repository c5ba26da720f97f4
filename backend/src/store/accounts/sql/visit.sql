SELECT strftime(signed_in_at, '%Y-%m-%d %H:%M:%S'), strftime(seen_at, '%Y-%m-%d %H:%M:%S'), seen,
       strftime(before_at, '%Y-%m-%d %H:%M:%S'), before
FROM visit WHERE account = ?
