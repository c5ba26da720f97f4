-- New units of a list on their way into the table.
CREATE OR REPLACE TEMP TABLE unit_incoming (
    unit_id INTEGER, enterprise_code VARCHAR, name VARCHAR, region_code VARCHAR, industry_code VARCHAR, class VARCHAR,
    approved BOOLEAN
);
