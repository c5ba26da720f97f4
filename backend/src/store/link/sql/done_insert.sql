INSERT INTO link_sent (upper, item_id, day, upto, content, sent_at)
SELECT $1, item_id, day, upto, content, CAST($2 AS TIMESTAMP) FROM link_done
