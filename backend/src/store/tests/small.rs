//! The limits of a store under test: small groups, no floor.

use crate::store::StoreConfig;
use crate::store::commit::sender_limits::USUAL;

pub(crate) fn small() -> StoreConfig {
    StoreConfig {
        audit: Default::default(),
        memory_limit_mib: 256,
        read_connections: 1,
        queue_messages: 64,
        group_readings: 60,
        rollup_interval_ms: 30,
        free_space_floor_mib: 0,
        checkpoint_interval_seconds: 300,
        checkpoint_log_mib: 64,
        replacement_window_days: 0,
        writer_stall_seconds: 30,
        reopen_patience_seconds: 120,
        data_key: None,
        cipher: Default::default(),
        limits: USUAL,
    }
}
