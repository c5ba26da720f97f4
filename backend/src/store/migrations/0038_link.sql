-- The link to platforms above. `upper` is the name of one in the file of the link.

-- Regions whose units a token may register for a platform below: JSON array of 2, 4 or 6 digits.
ALTER TABLE api_token ADD COLUMN regions VARCHAR DEFAULT '[]';
-- Units that a platform below registered here.
CREATE TABLE below_unit (unit_id INTEGER NOT NULL, token_name VARCHAR NOT NULL, registered_at TIMESTAMP NOT NULL);

CREATE TABLE link_upper (
    upper VARCHAR NOT NULL,
    scanned_upload INTEGER NOT NULL,  -- item-days of uploads up to this one are noted
    rules_sha256 VARCHAR NOT NULL,    -- other rules: all is noted anew
    paused_by VARCHAR,
    paused_at TIMESTAMP,
    dic_version VARCHAR,              -- the edition of the dictionaries that came last
    sent_at TIMESTAMP,
    code VARCHAR NOT NULL,            -- of the last failure since the last success
    reason_zh VARCHAR NOT NULL,
    reason_en VARCHAR NOT NULL,
    failed_at TIMESTAMP
);
-- Item-days that wait. `change` grows with every change, so that an answer to an earlier one takes nothing away.
CREATE TABLE link_due (upper VARCHAR NOT NULL, item_id INTEGER NOT NULL, day DATE NOT NULL, since TIMESTAMP NOT NULL, change INTEGER NOT NULL);
-- What the platform above has of an item-day: the values of the uploads up to one.
CREATE TABLE link_sent (
    upper VARCHAR NOT NULL,
    item_id INTEGER NOT NULL,
    day DATE NOT NULL,
    upto INTEGER NOT NULL,            -- upload_id
    content VARCHAR NOT NULL,         -- SHA-256 of these values, the first 32 digits
    sent_at TIMESTAMP NOT NULL
);
CREATE TABLE link_refused (
    upper VARCHAR NOT NULL,
    item_id INTEGER NOT NULL,
    stat_type UTINYINT NOT NULL,
    ts TIMESTAMP NOT NULL,
    value DOUBLE NOT NULL,
    code VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    refused_at TIMESTAMP NOT NULL
);
CREATE TABLE link_unit (
    upper VARCHAR NOT NULL,
    unit_id INTEGER NOT NULL,
    registration VARCHAR,             -- JSON, encrypted with the data key where there is one
    configuration_sha256 VARCHAR NOT NULL,
    meters_sha256 VARCHAR NOT NULL,
    sent_at TIMESTAMP,
    code VARCHAR NOT NULL,
    reason_zh VARCHAR NOT NULL,
    reason_en VARCHAR NOT NULL,
    attempts INTEGER NOT NULL,        -- failures since the last success
    next_at TIMESTAMP
);
CREATE TABLE link_offer (
    offer_id INTEGER NOT NULL,
    upper VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    content VARCHAR NOT NULL,         -- JSON: the text of each dictionary
    received_at TIMESTAMP NOT NULL,
    state VARCHAR NOT NULL,
    effective_on DATE,
    decided_by VARCHAR,
    decided_at TIMESTAMP
);
