-- Inspection cases. A case is its steps: they are added and never changed or deleted.
CREATE TABLE inspection_case (
    case_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    violation VARCHAR NOT NULL,       -- code in the dictionary of violations
    origin VARCHAR NOT NULL,
    origin_ref VARCHAR NOT NULL,
    act_from DATE,
    act_to DATE,                      -- NULL while the act goes on
    is_joint BOOLEAN NOT NULL,
    officer VARCHAR NOT NULL,         -- account of whoever handles it now
    state VARCHAR NOT NULL,           -- the last step that is a state
    is_told BOOLEAN NOT NULL,         -- the unit has learnt of it
    made_at TIMESTAMP NOT NULL
);
CREATE TABLE case_step (
    case_id INTEGER NOT NULL,
    number INTEGER NOT NULL,          -- from 1 within the case
    step VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    taken_by VARCHAR NOT NULL,
    on_day DATE NOT NULL,             -- the day of the act
    entered_at TIMESTAMP NOT NULL,
    text VARCHAR NOT NULL,
    details VARCHAR NOT NULL,         -- JSON: what the step says beside its text
    file_id INTEGER
);
CREATE TABLE case_evidence (
    case_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    about VARCHAR NOT NULL,           -- JSON: what a list says of it
    question VARCHAR NOT NULL,        -- JSON: what was asked, to ask again
    content VARCHAR NOT NULL,         -- JSON: the table as it was
    sm3 VARCHAR NOT NULL              -- of the content, 64 hexadecimal digits
);
CREATE TABLE case_document (
    case_id INTEGER NOT NULL,
    document INTEGER NOT NULL,        -- from 1 within the case
    step INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    sequence INTEGER NOT NULL,        -- within kind and year
    number VARCHAR NOT NULL,
    on_day DATE NOT NULL,
    template_version INTEGER NOT NULL,
    content VARCHAR NOT NULL,         -- JSON: its blocks as they were
    sm3 VARCHAR NOT NULL
);
-- Texts that an operator put in the place of the built-in templates. The newest version is in force.
CREATE TABLE document_template (
    kind VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    content VARCHAR NOT NULL,         -- empty: the built-in one again
    put_by VARCHAR NOT NULL,
    put_at TIMESTAMP NOT NULL
);
