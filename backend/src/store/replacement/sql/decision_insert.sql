INSERT INTO replacement_decision
SELECT coalesce(max(decision_id), 0) + 1, $1, $2, CAST($3 AS TIMESTAMP), $4, NULL, NULL FROM replacement_decision
RETURNING decision_id
