SELECT data_code, count(DISTINCT unit_id), strftime(min(first_seen), '%Y-%m-%d %H:%M:%S')
FROM item WHERE NOT in_dictionary GROUP BY data_code ORDER BY data_code LIMIT 500
