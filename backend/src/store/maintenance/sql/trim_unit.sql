-- Rows $1 to $2 without configurations of more than $3 bytes: the terminal sends it again.
INSERT INTO trimmed
SELECT * REPLACE (CASE WHEN strlen(config) > $3 THEN NULL ELSE config END AS config,
                  CASE WHEN strlen(profile) > $3 THEN NULL ELSE profile END AS profile)
FROM unit WHERE rowid BETWEEN $1 AND $2
