//! What keeps acknowledged readings safe on disk: the data folder and its lock, the log, and the room for checkpoints.

pub mod disk_watch;
pub mod folder;
pub mod space;
pub mod wal;
