-- Every real-time item.
SELECT item_id FROM item WHERE realtime_from IS NOT NULL ORDER BY item_id;
