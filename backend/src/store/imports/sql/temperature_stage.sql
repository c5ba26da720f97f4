-- Rows of a file on their way into the temperatures.
CREATE OR REPLACE TEMP TABLE temperature_incoming (region_code VARCHAR, day DATE, mean_celsius DOUBLE, source VARCHAR);
