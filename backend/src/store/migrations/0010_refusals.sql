-- Refused entries of an upload of which nothing but their number is kept: the message, its sender or the day was over
-- its bounds.
CREATE TABLE refusal_count (
    upload_id INTEGER NOT NULL,
    not_kept INTEGER NOT NULL
);
