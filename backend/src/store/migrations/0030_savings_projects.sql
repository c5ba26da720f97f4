-- Savings projects: the question, its result with data version and hash of the input, and each step that people took.
CREATE TABLE savings_project (
    project_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    question VARCHAR NOT NULL,        -- JSON: months, drivers, basis, model
    meters VARCHAR NOT NULL,          -- JSON list: what was rebuilt, as the unit names it
    note VARCHAR NOT NULL,
    state VARCHAR NOT NULL,           -- computed, signed, withdrawn
    result VARCHAR NOT NULL,          -- JSON: the answer of the model with the rows that it read
    input_hash VARCHAR NOT NULL,      -- SM3 of these rows
    made_by VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    signed_by VARCHAR,
    signed_at TIMESTAMP
);
CREATE TABLE savings_step (
    step_id INTEGER NOT NULL,
    project_id INTEGER NOT NULL,
    happened_at TIMESTAMP NOT NULL,
    author VARCHAR NOT NULL,
    side VARCHAR NOT NULL,            -- unit, authority
    step VARCHAR NOT NULL,            -- computed, signed, redone, withdrawn
    is_same BOOLEAN,                  -- of a step redone: its figures are those that were signed
    result VARCHAR,                   -- JSON; NULL: the step computed nothing new
    saved DOUBLE,                     -- tce of that result
    input_hash VARCHAR NOT NULL,
    data_version BIGINT NOT NULL,
    body VARCHAR NOT NULL             -- the text; may be empty
);
