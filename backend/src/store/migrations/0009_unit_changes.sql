-- Which units an operator stands for, and what terminals say anew about those.
-- True once a device of the unit was approved, or an operator listed the unit: what is not approved is in no list.
ALTER TABLE unit ADD COLUMN approved BOOLEAN DEFAULT false;
UPDATE unit SET approved = true
WHERE unit_id NOT IN (SELECT unit_id FROM device)
   OR unit_id IN (SELECT unit_id FROM device WHERE approved_at IS NOT NULL)
   OR unit_id IN (SELECT unit_id FROM item);

-- A change of an approved unit that its terminal sent; at most one of a unit is pending, every record stays.
CREATE TABLE unit_change (
    change_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    proposed VARCHAR NOT NULL,        -- JSON: attributes of `enterprise` with the values that differ
    stood VARCHAR,                    -- JSON: what stood of them when it was decided
    sent_by VARCHAR NOT NULL,         -- device id
    address VARCHAR,
    sent_at TIMESTAMP NOT NULL,
    state VARCHAR NOT NULL,           -- pending, approved, refused, superseded, withdrawn
    decided_at TIMESTAMP,
    decided_by VARCHAR,               -- NULL where a later message decided
    reason VARCHAR
);

-- Configuration and meters that a device sent which waits for approval while its unit is approved: the newest of a kind.
CREATE TABLE pending_config (
    device_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,            -- config, metering
    message VARCHAR NOT NULL,
    sent_at TIMESTAMP NOT NULL
);
