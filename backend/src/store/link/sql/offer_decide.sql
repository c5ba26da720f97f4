-- The texts are kept only until they are applied or declined.
UPDATE link_offer SET state = $2, effective_on = CAST($3 AS DATE), decided_by = $4, decided_at = CAST($5 AS TIMESTAMP),
    content = CASE WHEN $2 = 'scheduled' THEN content ELSE '{}' END
WHERE offer_id = $1
