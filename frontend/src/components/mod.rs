//! Holds the parts that pages are made of, a folder or a file each. They take props and signals and send no requests,
//! except for the filter bar, which loads its own brush and lists, and for what a person decides, signs in to, is still
//! writing or adds as evidence.

pub mod badge;
pub mod brush;
pub mod chart;
pub mod chart_panel;
pub mod decision;
pub mod draft;
pub mod drill_down;
pub mod evidence_file;
pub mod file_choice;
pub mod file_import;
pub mod filter_bar;
pub mod kpi;
pub mod levels;
pub mod menu;
pub mod page_head;
pub mod pager;
pub mod panel;
pub mod part_of_city;
pub mod readings_table;
pub mod reporting;
pub mod saved_views;
pub mod search_box;
pub mod segments;
pub mod selecting;
pub mod sending;
pub mod sign_in;
pub mod spark;
pub mod states;
pub mod table;
pub mod typed_periods;
pub mod typing;
pub mod withdrawal;
