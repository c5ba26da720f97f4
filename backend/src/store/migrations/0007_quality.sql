-- Data quality: figures by item and day, marks of the rules, and the findings that runs of marks make.
CREATE TABLE quality_unit (
    unit_id INTEGER NOT NULL,
    basis VARCHAR NOT NULL,           -- rhythms and bounds that the judgement rests on
    judged_on DATE NOT NULL           -- the day on which it was last brought up to date
);

CREATE TABLE quality_day (
    unit_id INTEGER NOT NULL,
    item_id INTEGER NOT NULL,
    day DATE NOT NULL,
    expected INTEGER NOT NULL,
    received INTEGER NOT NULL,
    timed BOOLEAN NOT NULL,           -- lateness is judged: the unit was connected by then
    late_hours DOUBLE,                -- 0 in time; NULL: nothing came
    has_data BOOLEAN NOT NULL,
    valid BOOLEAN NOT NULL,
    conforms BOOLEAN NOT NULL
);

CREATE TABLE quality_mark (
    unit_id INTEGER NOT NULL,
    item_id INTEGER,                  -- NULL: the whole unit
    rule VARCHAR NOT NULL,
    day DATE NOT NULL,
    measure DOUBLE NOT NULL,
    settled BOOLEAN NOT NULL,
    evidence VARCHAR NOT NULL         -- JSON
);

CREATE TABLE quality_finding (
    finding_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    item_id INTEGER,
    rule VARCHAR NOT NULL,
    from_day DATE NOT NULL,
    to_day DATE NOT NULL,
    days INTEGER NOT NULL,
    measure DOUBLE NOT NULL,
    state VARCHAR NOT NULL,           -- open, resolved, excused
    first_seen TIMESTAMP NOT NULL,
    last_seen TIMESTAMP NOT NULL,
    resolved_at TIMESTAMP,
    excuse_reason VARCHAR,
    excused_by VARCHAR,
    excused_at TIMESTAMP
);
