-- Accounts that a unit's manager lets read the unit's data for a time.
CREATE TABLE unit_share (
    share_id INTEGER NOT NULL,
    enterprise_code VARCHAR NOT NULL,
    account VARCHAR NOT NULL,
    kinds VARCHAR NOT NULL,           -- JSON list of permissions
    until DATE NOT NULL,              -- the last day, included
    reason VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    withdrawn_by VARCHAR,
    withdrawn_at TIMESTAMP
);
