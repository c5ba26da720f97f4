-- Which quarters of `reading` stand sorted by item, and up to which upload; later ones came after and lie loose.
CREATE TABLE compaction (
    quarter DATE NOT NULL,            -- first day
    upto_upload INTEGER NOT NULL,
    readings BIGINT NOT NULL,
    compacted_at TIMESTAMP NOT NULL
);

-- What readings that the retention took away meant for their day: roll-ups and rhythms are recomputed from it.
CREATE TABLE retired_day (
    item_id INTEGER NOT NULL,
    stat_type UTINYINT NOT NULL,      -- 0, 1
    day DATE NOT NULL,
    quantity DOUBLE,                  -- of the valid values: the reported one, or their sum or mean
    received UTINYINT NOT NULL,       -- valid stat type 0 points
    manual BOOLEAN NOT NULL,          -- some valid value was entered by hand
    fine BOOLEAN NOT NULL             -- finer than hourly
);
-- How many readings of an upload the retention took away: the upload's counts stay accountable.
CREATE TABLE retired_upload (
    upload_id INTEGER NOT NULL,
    readings INTEGER NOT NULL
);
