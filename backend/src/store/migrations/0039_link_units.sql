-- The units that go up to a platform above, as they were noted last.
CREATE TABLE link_member (
    upper VARCHAR NOT NULL,
    unit_id INTEGER NOT NULL,
    rules_sha256 VARCHAR NOT NULL,    -- the rules by which all its item-days were noted; '': they are noted anew
    left_at TIMESTAMP                 -- since when the rules do not take it any more
);
-- The digest of a unit's configuration and meters when they were last looked at for the platform above.
ALTER TABLE link_unit ADD COLUMN described VARCHAR DEFAULT '';
-- When a registration was asked for whose answer did not come.
ALTER TABLE link_unit ADD COLUMN asked_at TIMESTAMP;
