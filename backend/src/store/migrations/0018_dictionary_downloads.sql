-- The edition of the dictionaries that each terminal downloaded last.
CREATE TABLE dictionary_download (
    device_id VARCHAR PRIMARY KEY,
    dic_version VARCHAR NOT NULL,
    downloaded_at TIMESTAMP NOT NULL
);
