//! Keeps acknowledged readings safe on disk: the data folder and its lock, the log, and the free space for checkpoints.

pub(super) mod disk_watch;
pub(super) mod folder;
pub(super) mod space;
pub(super) mod wal;
