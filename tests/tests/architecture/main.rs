//! The rules of the house as tests: layering, conventions of the source, the colour table.
//! One module per kind of rule; every failure names file, line and rule.

mod colours;
mod dependencies;
mod documents;
mod layering;
mod modules;
mod rules;
mod sources;
mod versions;
