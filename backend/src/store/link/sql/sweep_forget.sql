-- Forgets the item-days of `link_changed` for every platform above.
DELETE FROM link_sent USING link_changed c WHERE link_sent.item_id = c.item_id AND link_sent.day = c.day;
DELETE FROM link_due USING link_changed c WHERE link_due.item_id = c.item_id AND link_due.day = c.day;
DELETE FROM link_refused USING link_changed c
WHERE link_refused.item_id = c.item_id AND CAST(link_refused.ts AS DATE) = c.day;
