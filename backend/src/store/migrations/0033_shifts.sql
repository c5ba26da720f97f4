-- When the shifts of a unit begin; the newest row of a unit counts.
CREATE TABLE unit_shifts (
    shifts_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    content VARCHAR NOT NULL,         -- JSON: the shifts as they were typed
    saved_by VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL
);
