-- Who signs in at the provider of an organisation: an identity of the provider belongs to one account and stays with it.
CREATE TABLE provider_identity (
    issuer VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,         -- the provider's own name of the person, which it never gives to another
    account VARCHAR NOT NULL,
    second_factor BOOLEAN NOT NULL,   -- the provider asked for a second factor at the last sign-in
    PRIMARY KEY (issuer, subject)
);
