SELECT count(*), coalesce(sum(entries), 0)::BIGINT, coalesce(sum(rejected), 0)::BIGINT FROM upload
WHERE kind IN ('energy', 'import', 'bulk') AND received_at >= CAST(? AS DATE) AND received_at < CAST(? AS DATE) + 1
