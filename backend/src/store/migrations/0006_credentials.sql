-- What provinces' profiles gave a unit or keep of it. A key must be known to open what it sealed; of passwords and
-- access keys only the SHA-256 is kept.
CREATE TABLE credential (
    enterprise_code VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,            -- secret_key, working_key, password, access_key, certificate
    value VARCHAR NOT NULL,
    given_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP              -- access_key alone
);
