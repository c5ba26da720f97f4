-- The credit list. An entry is its steps: they are added and never changed or deleted.
CREATE TABLE credit_entry (
    entry_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    record VARCHAR NOT NULL,          -- JSON: the row of the export as it was proposed
    act_en VARCHAR NOT NULL,
    months INTEGER NOT NULL           -- on the list
);
CREATE TABLE credit_step (
    entry_id INTEGER NOT NULL,
    step VARCHAR NOT NULL,
    taken_by VARCHAR NOT NULL,
    on_day DATE NOT NULL,
    entered_at TIMESTAMP NOT NULL,
    text VARCHAR NOT NULL
);
-- Rows for the credit platform, each content once.
CREATE TABLE credit_push (
    push_id INTEGER NOT NULL,
    entry_id INTEGER NOT NULL,
    content VARCHAR NOT NULL,         -- JSON
    content_sha256 VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    attempts INTEGER NOT NULL,
    next_at TIMESTAMP,                -- NULL: it is not tried again
    answer VARCHAR NOT NULL,
    sent_at TIMESTAMP
);
