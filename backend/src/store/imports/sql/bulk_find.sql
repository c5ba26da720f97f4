-- By the key of a token ($1, $2), then with its answer, or by id ($3); newest first; before the cursor ($4).
SELECT bulk_id, idempotency_key, sent_by, content_type, strftime(received_at, '%Y-%m-%d %H:%M:%S'),
       strftime(finished_at, '%Y-%m-%d %H:%M:%S'), state, rows_done, stored, unchanged, replaced, awaiting_approval, rejected, digest,
       CASE WHEN $2 <> '' THEN answer END
FROM bulk_upload
WHERE ($1 = '' OR sent_by = $1) AND ($2 = '' OR idempotency_key = $2) AND ($3 = 0 OR bulk_id = $3) AND bulk_id < $4
ORDER BY bulk_id DESC LIMIT $5
