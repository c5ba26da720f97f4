-- Puts another actor into an entry, as somebody with access to the file would; the number of the entry.
UPDATE audit_entry SET actor = 'nobody' WHERE action = 'token.revoke' RETURNING number
