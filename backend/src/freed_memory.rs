//! Gives large blocks of freed memory back to the system. By default the C library raises the size from which it does so,
//! after a large block was freed, to 32 MiB; later bodies of some MiB then stay in its pools, one for each thread.

/// Bytes from which a block is given back as soon as it is freed.
const LARGE_BLOCK_BYTES: i32 = 1 << 20;

/// From now on this process gives large blocks back when they are freed. Other C libraries than glibc do so anyway.
#[cfg(target_env = "gnu")]
pub fn give_back_large_blocks() {
    // SAFETY: the call changes one number of the allocator, and no other thread runs yet.
    #[expect(unsafe_code, reason = "the C library has no other interface for this setting")]
    let is_set = unsafe { libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE_BLOCK_BYTES) } == 1;
    if !is_set {
        tracing::warn!("the C library did not take the size of large blocks");
    }
}

/// From now on this process gives large blocks back when they are freed. Other C libraries than glibc do so anyway.
#[cfg(not(target_env = "gnu"))]
pub fn give_back_large_blocks() {}
