SELECT push_id, entry_id, content_sha256, state, attempts, strftime(next_at, '%Y-%m-%d %H:%M:%S'), answer,
       strftime(sent_at, '%Y-%m-%d %H:%M:%S')
FROM credit_push ORDER BY push_id DESC LIMIT $1
