INSERT INTO import_profile VALUES (?, ?, ?, CAST(? AS TIMESTAMP), ?)
