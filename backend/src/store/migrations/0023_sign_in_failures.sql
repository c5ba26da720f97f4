-- Wrong passwords of accounts by network, so that a restart ends no count.
CREATE TABLE sign_in_failure (
    account VARCHAR NOT NULL,
    network VARCHAR NOT NULL,         -- an IPv4 address, or 64 bits of IPv6
    failures INTEGER NOT NULL,        -- since the last right password
    last_at VARCHAR NOT NULL,         -- YYYY-MM-DD HH:MM:SS of the last try
    is_known BOOLEAN NOT NULL         -- the account signed in from there once
);
