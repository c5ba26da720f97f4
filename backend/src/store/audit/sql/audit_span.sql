-- The entries with a number above $1 and up to $2.
SELECT number, happened_at, actor_kind, actor, address, request_id, action, object_kind, object, outcome, value_before,
       value_after, reason, algorithm, hash
FROM audit_entry WHERE number > $1 AND number <= $2 ORDER BY number
