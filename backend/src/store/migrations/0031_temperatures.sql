-- Daily mean temperatures of districts and the city, from which degree days are made.
CREATE TABLE temperature (
    region_code VARCHAR NOT NULL,     -- 120000 is the city
    day DATE NOT NULL,
    mean_celsius DOUBLE NOT NULL,
    source VARCHAR NOT NULL
);
