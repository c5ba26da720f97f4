-- Rows $1 to $2 whose configurations are too large to be looked at.
INSERT INTO trimmed SELECT * REPLACE (NULL AS config, NULL AS profile) FROM unit WHERE rowid BETWEEN $1 AND $2
