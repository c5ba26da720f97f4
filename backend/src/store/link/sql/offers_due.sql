SELECT CAST(offer_id AS UBIGINT), upper, version, content, strftime(received_at, '%Y-%m-%d %H:%M:%S'), state,
       CAST(effective_on AS VARCHAR), decided_by, strftime(decided_at, '%Y-%m-%d %H:%M:%S')
FROM link_offer WHERE state = 'scheduled' AND (effective_on IS NULL OR effective_on <= CAST(? AS DATE)) ORDER BY offer_id
