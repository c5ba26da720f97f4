-- The only statement that takes entries away: retention, after it has written the anchor of the entry $1.
DELETE FROM audit_entry WHERE number <= $1
