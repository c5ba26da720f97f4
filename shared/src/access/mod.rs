//! Who may do what: roles, permissions, and the one table that joins them. Source: the separation of the three
//! administrators of GB/T 22239 level 3 (recalled), and the tasks of each user in the field.

pub mod permission;
pub mod permission_table;
pub mod role;
