DELETE FROM economy USING economy_incoming i WHERE economy.region_code = i.region_code AND economy.month = i.month;
INSERT INTO economy (region_code, month, value_added, price_year, estimated, source)
SELECT region_code, month, value_added, price_year, estimated, source FROM economy_incoming;
