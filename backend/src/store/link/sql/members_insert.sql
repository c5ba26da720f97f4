INSERT INTO link_member (upper, unit_id, rules_sha256) SELECT $1, unnest(CAST($2 AS INTEGER[])), $3
