-- Of the account $1 the $2 newest drafts stay.
DELETE FROM draft WHERE account = $1 AND subject NOT IN (
    SELECT subject FROM draft WHERE account = $1 ORDER BY changed_at DESC, subject LIMIT $2)
