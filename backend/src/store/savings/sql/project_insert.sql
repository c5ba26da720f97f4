INSERT INTO savings_project
SELECT coalesce(max(project_id), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, CAST($10 AS TIMESTAMP), NULL, NULL FROM savings_project
RETURNING project_id
