-- Files that a unit or the authority adds to a thread as evidence. Nothing is deleted.
CREATE TABLE evidence_file (
    file_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    subject VARCHAR NOT NULL,         -- what it is about, such as finding-12
    name VARCHAR NOT NULL,
    media_type VARCHAR NOT NULL,      -- by its content
    bytes UBIGINT NOT NULL,
    sm3 VARCHAR NOT NULL,             -- of the content, 64 hexadecimal digits
    content BLOB NOT NULL,
    added_by VARCHAR NOT NULL,
    added_at TIMESTAMP NOT NULL
);
ALTER TABLE finding_step ADD COLUMN file_id INTEGER;
