-- The last entry such that it and all before it happened before the time $1, with its hash.
SELECT number, hash FROM audit_entry
WHERE number < coalesce((SELECT min(number) FROM audit_entry WHERE happened_at >= $1), 2147483647)
ORDER BY number DESC LIMIT 1
