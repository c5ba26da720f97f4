-- What was trimmed takes the place of a table. Of the names in trim.rs one stands here.
BEGIN;
DROP TABLE {table};
ALTER TABLE trimmed RENAME TO {table};
COMMIT
