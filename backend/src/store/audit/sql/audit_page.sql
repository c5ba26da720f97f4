-- Entries of the days $1 to $2, an actor ($3), an action ($4), an object ($5) and an outcome ($6), oldest first ($7) or
-- newest first, after the number $8 (-1: from the beginning of that order); at most $9.
SELECT number, happened_at, actor_kind, actor, address, request_id, action, object_kind, object, outcome, value_before,
       value_after, reason, algorithm, hash
FROM audit_entry
WHERE substr(happened_at, 1, 10) BETWEEN $1 AND $2
  AND ($3 IN ('', actor_kind, address) OR contains(lower(actor), lower($3)))
  AND starts_with(action, $4)
  AND ($5 IN ('', object_kind) OR contains(lower(object), lower($5)))
  AND $6 IN ('', outcome)
  AND ($8 < 0 OR CASE WHEN $7 THEN number > $8 ELSE number < $8 END)
ORDER BY CASE WHEN $7 THEN number ELSE -number END LIMIT $9
