-- Rows $1 to $2 whose entries are too large to be looked at.
INSERT INTO trimmed
SELECT upload_id, idx, field, code, left(reason_zh, 1000), left(reason_en, 1000), '… [larger than memory_limit_mib allows to read]'
FROM rejected WHERE rowid BETWEEN $1 AND $2
