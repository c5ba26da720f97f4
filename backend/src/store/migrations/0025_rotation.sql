-- The rotation of a terminal's secret: which device id and certificate were in force before and until when they are
-- accepted, and since when an operator waits for the terminal to fetch a new secret. Old keys lie in the table credential
-- under the kinds old_secret_key, old_working_key, old_password and old_access_key.
ALTER TABLE registration ADD COLUMN old_device_id VARCHAR;
ALTER TABLE registration ADD COLUMN old_certificate VARCHAR;
ALTER TABLE registration ADD COLUMN old_accepted_until TIMESTAMP;
ALTER TABLE registration ADD COLUMN rotation_asked_at TIMESTAMP;
ALTER TABLE registration ADD COLUMN rotation_asked_by VARCHAR;

-- What an account saw of its first page at its last visit, and at the one before.
CREATE TABLE visit (
    account VARCHAR NOT NULL,
    signed_in_at TIMESTAMP NOT NULL,  -- the visit begins with this sign-in
    seen_at TIMESTAMP NOT NULL,
    seen VARCHAR NOT NULL,            -- JSON: span and figures
    before_at TIMESTAMP,
    before VARCHAR
);
