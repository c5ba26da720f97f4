//! The two bases of converting electricity to coal equivalent; every total names its own.

crate::wire_enum! {
    /// Calorific (当量, heat content) or equivalent (等价, coal burnt to generate) basis,
    /// GB/T 2589. They differ by a factor of more than two for electricity, so no figure in tce
    /// is complete without its basis.
    pub enum Basis {
        Calorific = 1, "calorific", "当量", "Calorific";
        Equivalent = 2, "equivalent", "等价", "Equivalent";
    }
}
