INSERT INTO link_offer (offer_id, upper, version, content, received_at, state)
SELECT coalesce(max(offer_id), 0) + 1, $1, $2, $3, CAST($4 AS TIMESTAMP), 'offered' FROM link_offer
