//! The messages between terminals and platforms: reading and writing them, by profile.
