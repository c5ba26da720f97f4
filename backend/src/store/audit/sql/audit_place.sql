-- Number and hash of an entry, or of the anchor that stands for it.
SELECT number, hash FROM audit_entry WHERE number = $1
UNION
SELECT number, hash FROM audit_anchor WHERE number = $1
