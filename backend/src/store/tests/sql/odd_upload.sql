-- A refused upload of a unit that does not exist, as an older program left it.
INSERT INTO upload SELECT (SELECT max(upload_id) + 1 FROM upload), received_at, 0, 'import:odd.csv', 'import', 0, 0, 0, 0, 0,
       true, NULL, NULL, 0 FROM upload LIMIT 1;
