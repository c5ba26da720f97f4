-- Decisions about replacements, each over one or many, so that a decision can be undone as a whole.
CREATE TABLE replacement_decision (
    decision_id INTEGER NOT NULL,
    state VARCHAR NOT NULL,           -- approved, refused
    replacements INTEGER NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    decided_by VARCHAR NOT NULL,
    undone_at TIMESTAMP,
    undone_by VARCHAR
);
ALTER TABLE replacement ADD COLUMN decision_id INTEGER; -- NULL while it waits, and where a later upload decided
