-- One more replacement; the earlier ones stay, so that it is known what held when.
INSERT INTO dictionary (name, content, imported_at, imported_by) VALUES (?, ?, CAST(? AS TIMESTAMP), ?);
