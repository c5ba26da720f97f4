-- Replacements of old values, kept aside until an operator decides; every record stays.
CREATE TABLE replacement (
    replacement_id INTEGER NOT NULL,
    item_id INTEGER NOT NULL,
    stat_type UTINYINT NOT NULL,
    ts TIMESTAMP NOT NULL,
    value DOUBLE NOT NULL,            -- the new value and the upload that brought it
    valid BOOLEAN NOT NULL,
    input_type UTINYINT,
    upload_id INTEGER NOT NULL,
    old_value DOUBLE NOT NULL,        -- what stood when it came
    old_valid BOOLEAN NOT NULL,
    old_upload_id INTEGER NOT NULL,
    state VARCHAR NOT NULL,           -- open, approved, refused, superseded
    decided_at TIMESTAMP,
    decided_by VARCHAR                -- NULL where a later upload decided
);

ALTER TABLE upload ADD COLUMN held INTEGER DEFAULT 0;
