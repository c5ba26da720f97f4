-- Rows of a file on their way into the targets.
CREATE OR REPLACE TEMP TABLE target_incoming (
    scope VARCHAR, code VARCHAR, kind VARCHAR, from_year INTEGER, to_year INTEGER, value DOUBLE, basis VARCHAR, source VARCHAR
);
