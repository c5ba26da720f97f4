INSERT INTO submission
SELECT coalesce(max(submission_id), 0) + 1, $1, $2, $3, $4, $5, $6, CAST($7 AS TIMESTAMP), NULL, NULL, $8, $9 FROM submission
RETURNING submission_id
