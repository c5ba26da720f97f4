-- Item-days before the day $1 that platforms above have, await or refused, and of which no reading is left.
WITH known AS (
    SELECT item_id, day FROM link_sent WHERE day < CAST($1 AS DATE)
    UNION SELECT item_id, day FROM link_due WHERE day < CAST($1 AS DATE)
    UNION SELECT item_id, CAST(ts AS DATE) FROM link_refused WHERE ts < CAST($1 AS TIMESTAMP)
)
SELECT k.item_id, CAST(k.day - DATE '1970-01-01' AS INTEGER) FROM known k
ANTI JOIN (SELECT item_id, CAST(ts AS DATE) AS day FROM reading WHERE ts < CAST($1 AS TIMESTAMP)) r
    ON r.item_id = k.item_id AND r.day = k.day
