UPDATE savings_project SET state = $2, signed_by = $3, signed_at = CAST($4 AS TIMESTAMP) WHERE project_id = $1
