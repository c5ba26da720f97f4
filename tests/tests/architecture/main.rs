//! The rules of the source as tests: layering, conventions, documents, colours. One module per kind of rule; every failure
//! names file, line and rule.

mod colours;
mod dependencies;
mod documents;
mod layering;
mod modules;
mod rules;
mod sources;
mod versions;
