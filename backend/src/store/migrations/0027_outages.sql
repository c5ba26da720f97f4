-- Outages that enterprises reported: missing uploads of these days are excused for the working days of repair.
CREATE TABLE outage (
    submission_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    from_day DATE NOT NULL,
    to_day DATE NOT NULL,
    excused_until DATE                -- NULL: its working days are not known
);
