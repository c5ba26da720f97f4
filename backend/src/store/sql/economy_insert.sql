INSERT INTO economy (region_code, month, value_added, price_year, estimated, source)
VALUES (?, CAST(? AS DATE), ?, ?, ?, ?);
