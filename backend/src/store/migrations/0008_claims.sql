-- Who stands for an enterprise: where its terminal registered from, and what proved its last registration.
CREATE TABLE registration (
    enterprise_code VARCHAR NOT NULL,
    device_id VARCHAR NOT NULL,       -- '' between a working key of yunnan and the application
    profile VARCHAR NOT NULL,         -- national, shandong, yunnan, anhui
    address VARCHAR,                  -- IP address; NULL: not known
    address_proves BOOLEAN NOT NULL,  -- false: this machine, or a proxy that speaks for many
    certificate VARCHAR,              -- SHA-256 of the client certificate
    subject VARCHAR,
    registered_at TIMESTAMP NOT NULL,
    proof VARCHAR NOT NULL,           -- first, certificate, secret, address, network, code, operator
    proved_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP                -- replaced or released; one per enterprise is in force
);

-- A registration without a proof, of an enterprise that has a terminal.
CREATE TABLE claim (
    claim_id INTEGER NOT NULL,
    enterprise_code VARCHAR NOT NULL,
    profile VARCHAR NOT NULL,
    address VARCHAR,
    address_proves BOOLEAN NOT NULL,
    certificate VARCHAR,
    subject VARCHAR,
    region VARCHAR NOT NULL,          -- as the claimant said
    first_at TIMESTAMP NOT NULL,
    last_at TIMESTAMP NOT NULL,
    attempts BIGINT NOT NULL,
    state VARCHAR NOT NULL,           -- pending, confirmed, refused, expired
    decided_at TIMESTAMP,
    decided_by VARCHAR,
    reason VARCHAR,
    pickup_until TIMESTAMP,           -- confirmed: until when the claimant has to register again
    picked_up_at TIMESTAMP,
    given_device_id VARCHAR
);

-- One-time codes that an operator hands to a plant; only the SHA-256 is kept.
CREATE TABLE registration_code (
    enterprise_code VARCHAR NOT NULL,
    device_id VARCHAR NOT NULL,       -- the device it was made for
    hash VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    made_by VARCHAR NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP                 -- used, or replaced by a later one
);

-- What earlier versions knew: the device of each unit, its profile by what it had to prove, and no address.
INSERT INTO registration
SELECT u.enterprise_code, d.device_id,
       CASE WHEN c.certificate IS NOT NULL THEN 'anhui' WHEN c.password THEN 'yunnan' WHEN c.secret_key THEN 'shandong'
            ELSE 'national' END,
       NULL, false, c.certificate, NULL, d.registered_at, 'first', d.registered_at, NULL
FROM device d JOIN unit u USING (unit_id)
LEFT JOIN (
    SELECT enterprise_code, max(value) FILTER (WHERE kind = 'certificate') AS certificate,
           bool_or(kind = 'password') AS password, bool_or(kind = 'secret_key') AS secret_key
    FROM credential GROUP BY enterprise_code
) c USING (enterprise_code)
QUALIFY row_number() OVER (PARTITION BY u.enterprise_code ORDER BY d.registered_at DESC, d.device_id) = 1;

-- A working key whose application never came.
INSERT INTO registration
SELECT c.enterprise_code, '', 'yunnan', NULL, false, NULL, NULL, c.given_at, 'first', c.given_at, NULL
FROM credential c ANTI JOIN registration r USING (enterprise_code) WHERE c.kind = 'working_key';

DELETE FROM credential WHERE kind = 'certificate';
