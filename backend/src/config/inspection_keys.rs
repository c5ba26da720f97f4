//! The keys of programmes, cases and the credit list, which follow those of `keys.rs` in the same list.

macro_rules! with_inspection_keys {
    ($($others:tt)*) => {
        $crate::config::key_list::keys! {
            $($others)*
            /// Inspection programmes that are kept.
            max_programmes: u32 = 1_000;
            /// Visits of the ranking that the server keeps each month by itself (0: none is kept), and seconds between two
            /// looks whether the month has one.
            monthly_ranking_visits: u32 = 40;
            monthly_ranking_check_seconds: u32 = 600;
            /// Inspection cases that are kept, steps of one, and rows of a table that one freezes.
            max_cases: u32 = 100_000;
            max_case_steps: u32 = 500;
            max_frozen_rows: u32 = 20_000;
            /// The authority on documents of cases, and what their numbers begin with.
            inspection_authority: String = "节能监察机构".to_owned();
            document_number_prefix: String = "节监".to_owned();
            /// Entries of the credit list that are kept.
            max_credit_entries: u32 = 100_000;
            /// The address of the credit platform to which rows of the list are posted (empty: none), its token or a file
            /// that holds it, a PEM file of authorities beside those of the system, seconds between rounds and before the
            /// first new try, for an answer at most, and bytes of an answer.
            credit_push_address: String = String::new();
            credit_push_token: String = String::new();
            credit_push_token_file: std::path::PathBuf = std::path::PathBuf::new();
            credit_push_authorities_file: std::path::PathBuf = std::path::PathBuf::new();
            credit_push_seconds: u32 = 30;
            credit_push_timeout_seconds: u32 = 15;
            max_credit_push_answer_bytes: usize = 65_536;
        }
    };
}
pub(super) use with_inspection_keys;
