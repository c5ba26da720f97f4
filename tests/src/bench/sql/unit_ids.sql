-- Every unit's id, comma-separated, as the snapshot's statements take them.
SELECT string_agg(unit_id, ',') FROM unit;
