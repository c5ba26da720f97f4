-- What enterprises submit by hand, the answers to findings, and their threads.
CREATE TABLE submission (
    submission_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,            -- corrected, right, more_time, values, outage
    state VARCHAR NOT NULL,           -- to_confirm, submitted, done, accepted, sent_back
    finding_id INTEGER,               -- NULL: it answers none
    reason VARCHAR NOT NULL,
    submitted_by VARCHAR NOT NULL,
    submitted_at TIMESTAMP NOT NULL,
    decided_by VARCHAR,
    decided_at TIMESTAMP,
    upload_id INTEGER,                -- that holds its values
    receipt VARCHAR NOT NULL          -- JSON
);
-- Where the answer to a finding stands; a finding without a row is unanswered.
CREATE TABLE finding_answer (
    finding_id INTEGER NOT NULL,
    state VARCHAR NOT NULL,           -- unanswered, to_confirm, submitted, corrected, accepted, sent_back
    kind VARCHAR,                     -- corrected, right, more_time; NULL: nothing was answered
    due DATE,                         -- NULL: its working days are not known
    extended BOOLEAN NOT NULL,
    changed_by VARCHAR NOT NULL,
    changed_at TIMESTAMP NOT NULL
);
CREATE TABLE finding_step (
    step_id INTEGER NOT NULL,
    finding_id INTEGER NOT NULL,
    happened_at TIMESTAMP NOT NULL,
    side VARCHAR NOT NULL,            -- unit, authority, rule
    author VARCHAR NOT NULL,
    step VARCHAR NOT NULL,
    body VARCHAR NOT NULL,            -- the text; may be empty
    submission_id INTEGER
);
-- Findings that an operator set aside before there were answers.
INSERT INTO finding_answer
SELECT finding_id, 'accepted', NULL, NULL, false, waived_by, waived_at
FROM quality_finding WHERE state = 'waived' AND waived_by IS NOT NULL AND waived_at IS NOT NULL;
INSERT INTO finding_step
SELECT row_number() OVER (ORDER BY waived_at, finding_id), finding_id, waived_at, 'authority', waived_by, 'accepted', coalesce(waive_reason, ''), NULL
FROM quality_finding WHERE state = 'waived' AND waived_by IS NOT NULL AND waived_at IS NOT NULL;
