-- Rows $1 to $2 with entries of at most $3 bytes: a longer one is its beginning with length and digest of the whole.
INSERT INTO trimmed
SELECT upload_id, idx, left(field, 100), code, left(reason_zh, 1000), left(reason_en, 1000),
       CASE WHEN strlen(entry) > $3 + 128
            THEN left(entry, CASE WHEN strlen(entry) = length(entry) THEN $3 ELSE $3 // 4 END)
                 || '… [' || strlen(entry) || ' bytes, sha256:' || sha256(entry) || ']'
            ELSE entry END
FROM rejected WHERE rowid BETWEEN $1 AND $2
