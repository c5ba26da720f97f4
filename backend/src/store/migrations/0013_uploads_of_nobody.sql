-- Refused rows whose unit is not known were filed under a unit that does not exist; they are filed under nobody.
UPDATE upload SET unit_id = NULL WHERE unit_id IS NOT NULL AND unit_id NOT IN (SELECT unit_id FROM unit);

-- Readings whose stamp lay off the start of its period: which period they were taken for, and how far off the stamp was.
CREATE TABLE marked_stamp (
    upload_id INTEGER NOT NULL,
    data_code VARCHAR NOT NULL,
    stat_type UTINYINT NOT NULL,
    ts TIMESTAMP NOT NULL,            -- start of the period
    off_seconds INTEGER NOT NULL      -- stamp less start
);
