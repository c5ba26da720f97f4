-- What a unit pays for its energy, and its own plans. Rows stay when others replace them.
CREATE TABLE tariff (
    tariff_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    energy_type VARCHAR NOT NULL,     -- four digits
    charge VARCHAR NOT NULL,          -- quantity, demand, capacity
    from_day DATE NOT NULL,
    lines VARCHAR NOT NULL,           -- JSON: the prices as they were written
    saved_by VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    ended VARCHAR,                    -- replaced, withdrawn; NULL: it counts
    ended_by VARCHAR,
    ended_at TIMESTAMP
);
CREATE TABLE unit_plan (
    plan_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    year SMALLINT NOT NULL,
    content VARCHAR NOT NULL,         -- JSON: the plan as it was typed
    saved_by VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL       -- the newest plan of a year counts
);
