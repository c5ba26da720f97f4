-- The audit log: a chain of entries in which each hash covers the entry and the hash before it. Rows are only added;
-- retention removes the oldest ones behind a signed anchor.
CREATE TABLE audit_entry (
    number INTEGER NOT NULL,
    happened_at VARCHAR NOT NULL,     -- local time, as the hash covers it
    actor_kind VARCHAR NOT NULL,      -- anonymous, token, device, account, system
    actor VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    request_id VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    object_kind VARCHAR NOT NULL,
    object VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,         -- done, refused, failed
    value_before VARCHAR,             -- JSON
    value_after VARCHAR,              -- JSON
    reason VARCHAR,
    algorithm VARCHAR NOT NULL,       -- sha256, sm3
    hash VARCHAR NOT NULL
);
-- The signed head of the last entry that retention removed.
CREATE TABLE audit_anchor (
    number INTEGER NOT NULL,
    hash VARCHAR NOT NULL,
    signed_at VARCHAR NOT NULL,
    public_key VARCHAR NOT NULL,
    signature VARCHAR NOT NULL
);
