-- Column mappings that people gave a name, tokens of industry systems, and their uploads with every row's outcome.
CREATE TABLE import_profile (
    name VARCHAR NOT NULL,
    mapping VARCHAR NOT NULL,         -- JSON
    columns VARCHAR NOT NULL,         -- JSON: header of the file it was made for
    saved_at TIMESTAMP NOT NULL,
    saved_by VARCHAR NOT NULL
);

CREATE TABLE api_token (
    name VARCHAR NOT NULL,
    hash VARCHAR NOT NULL,            -- SHA-256 of the token, which is kept nowhere
    all_units BOOLEAN NOT NULL,
    units VARCHAR NOT NULL,           -- JSON: credit codes
    created_at TIMESTAMP NOT NULL,
    created_by VARCHAR NOT NULL,
    revoked_at TIMESTAMP
);

CREATE TABLE bulk_upload (
    bulk_id INTEGER NOT NULL,
    idempotency_key VARCHAR,
    sent_by VARCHAR NOT NULL,         -- name of the token
    digest VARCHAR NOT NULL,          -- SHA-256 of the body as it came
    content_type VARCHAR NOT NULL,
    received_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    state VARCHAR NOT NULL,           -- running, done, failed
    rows_done INTEGER NOT NULL,
    stored INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    replaced INTEGER NOT NULL,
    held INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    answer VARCHAR                    -- JSON, given again for the same key and body
);

CREATE TABLE bulk_result (
    bulk_id INTEGER NOT NULL,
    row_number INTEGER NOT NULL,      -- from 1, a header not counted
    outcome VARCHAR NOT NULL,         -- stored, unchanged, replaced, held, rejected
    field VARCHAR,
    code VARCHAR,
    reason_zh VARCHAR,
    reason_en VARCHAR
);
