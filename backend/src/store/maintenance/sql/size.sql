-- Bytes of the blocks in use, and of those in which readings lie (a block may hold columns of other tables as well).
SELECT block_size * used_blocks,
       block_size * (SELECT count(DISTINCT block_id) FROM pragma_storage_info('reading') WHERE block_id >= 0)
FROM pragma_database_size() WHERE database_name = current_database()
