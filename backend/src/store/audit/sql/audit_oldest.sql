-- The day of the oldest entry that is kept.
SELECT substr(min(happened_at), 1, 10) FROM audit_entry
