-- Inspection programmes: what was asked for, and what was drawn, as it was. Rows stay when one is withdrawn.
CREATE TABLE programme (
    programme_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    cycle VARCHAR NOT NULL,
    summary VARCHAR NOT NULL,         -- JSON: what a list says of it
    content VARCHAR NOT NULL,         -- JSON: the programme as it was made
    made_by VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    withdrawn_by VARCHAR,
    withdrawn_at TIMESTAMP,
    withdrawn_because VARCHAR
);
