DELETE FROM temperature USING temperature_incoming i WHERE temperature.region_code = i.region_code AND temperature.day = i.day;
INSERT INTO temperature (region_code, day, mean_celsius, source)
SELECT region_code, day, mean_celsius, source FROM temperature_incoming;
