PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA cache_size = -4000;
PRAGMA journal_size_limit = 4194304;
PRAGMA temp_store = MEMORY;
