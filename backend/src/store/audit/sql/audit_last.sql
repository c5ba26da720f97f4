-- Number and hash of the last entry; where retention removed all of them, of the last one removed.
SELECT number, hash FROM (SELECT number, hash FROM audit_entry UNION ALL SELECT number, hash FROM audit_anchor)
ORDER BY number DESC LIMIT 1
