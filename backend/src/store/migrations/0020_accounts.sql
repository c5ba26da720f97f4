-- Accounts of people. Passwords are kept as argon2id hashes, one-time secrets as their SHA-256, the secret of the second
-- factor encrypted.
CREATE TABLE account (
    name VARCHAR NOT NULL,            -- what its person signs in with
    display_name VARCHAR NOT NULL,
    display_name_en VARCHAR NOT NULL,
    roles VARCHAR NOT NULL,           -- JSON list, as the next two
    districts VARCHAR NOT NULL,
    units VARCHAR NOT NULL,
    state VARCHAR NOT NULL,           -- invited, active, suspended
    is_demo BOOLEAN NOT NULL,         -- signs in without a password, on a demo alone
    password_hash VARCHAR,
    second_factor VARCHAR,
    second_factor_confirmed BOOLEAN NOT NULL,
    last_step BIGINT NOT NULL,        -- of the code that was used last
    recovery_digests VARCHAR NOT NULL,
    invitation_digest VARCHAR,
    invitation_until TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    last_sign_in_at TIMESTAMP
);
CREATE TABLE session (
    digest VARCHAR NOT NULL,          -- of the token in the cookie
    account VARCHAR NOT NULL,
    begun_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL,
    address VARCHAR NOT NULL,
    user_agent VARCHAR NOT NULL
);
