-- A content for the platform; one that is there already is not sent again.
INSERT INTO credit_push
SELECT (SELECT coalesce(max(push_id), 0) + 1 FROM credit_push), $1, $2, $3, 'waiting', 0, CAST($4 AS TIMESTAMP), '', NULL
WHERE NOT EXISTS (SELECT 1 FROM credit_push WHERE content_sha256 = $3)
