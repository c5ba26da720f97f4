-- The oldest content of each entry that waits, where its time has come ($1): later contents of an entry wait for earlier ones.
SELECT push_id, content, content_sha256, attempts FROM credit_push
WHERE state = 'waiting'
QUALIFY push_id = min(push_id) OVER (PARTITION BY entry_id) AND next_at <= CAST($1 AS TIMESTAMP)
ORDER BY push_id LIMIT 50
