SELECT CAST(offer_id AS UBIGINT), upper, version, content, strftime(received_at, '%Y-%m-%d %H:%M:%S'), state,
       CAST(effective_on AS VARCHAR), decided_by, strftime(decided_at, '%Y-%m-%d %H:%M:%S')
FROM link_offer ORDER BY offer_id DESC LIMIT ?
