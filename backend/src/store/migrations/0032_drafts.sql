-- What a person is still writing: one row for each account and form.
CREATE TABLE draft (
    account VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,         -- the form, such as finding-12
    body VARCHAR NOT NULL,            -- as the form wrote it
    changed_at TIMESTAMP NOT NULL
);
