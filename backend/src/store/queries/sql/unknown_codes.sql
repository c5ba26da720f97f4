-- Data codes of the units $1 (NULL = all) that no dictionary knows.
SELECT data_code, count(DISTINCT unit_id), strftime(min(first_seen), '%Y-%m-%d %H:%M:%S')
FROM item WHERE NOT in_dictionary AND ($1 IS NULL OR contains($1, concat(',', unit_id, ','))) GROUP BY data_code ORDER BY data_code LIMIT 500
