//! Parts that pages are made of, a folder each. They take props and signals, and ask the server for nothing
//! (but the filter bar, whose brush and lists are its own).

pub mod badge;
pub mod brush;
pub mod chart;
pub mod chosen;
pub mod filter_bar;
pub mod kpi;
pub mod levels;
pub mod menu;
pub mod page_head;
pub mod panel;
pub mod sign_in;
pub mod spark;
pub mod states;
pub mod table;
