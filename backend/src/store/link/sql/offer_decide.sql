UPDATE link_offer SET state = $2, effective_on = CAST($3 AS DATE), decided_by = $4, decided_at = CAST($5 AS TIMESTAMP)
WHERE offer_id = $1
