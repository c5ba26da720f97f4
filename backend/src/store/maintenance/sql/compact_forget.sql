DELETE FROM compaction WHERE quarter = CAST(? AS DATE)
