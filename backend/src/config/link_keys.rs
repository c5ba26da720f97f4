//! The keys of the link to platforms above, which follow those of `keys.rs` in the same list. The platforms themselves stand
//! in a file of their own.

macro_rules! with_link_keys {
    ($($others:tt)*) => {
        $crate::config::inspection_keys::with_inspection_keys! {
            $($others)*
            /// A TOML file with the platforms above and what goes up to each (empty: none).
            link_file: std::path::PathBuf = std::path::PathBuf::new();
            /// Seconds between two looks for what has to go up, and the longest rest after failures.
            link_round_seconds: u32 = 30;
            link_longest_rest_seconds: u32 = 900;
            /// Minutes between two looks whether the dictionaries of a platform above changed.
            link_check_minutes: u32 = 60;
            /// Uploads that one look takes at most; the next goes on with the later ones.
            link_uploads_per_look: u32 = 20_000;
        }
    };
}
pub(super) use with_link_keys;
