-- Rows of a file on their way into the economy.
CREATE OR REPLACE TEMP TABLE economy_incoming (
    region_code VARCHAR, month DATE, value_added DOUBLE, price_year INTEGER, estimated BOOLEAN, source VARCHAR
);
