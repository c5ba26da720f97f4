-- The next number of a kind of document ($1) in a year ($2).
SELECT coalesce(max(sequence), 0) + 1 FROM case_document WHERE kind = $1 AND year = $2
