//! Points, arithmetic and the local store of a terminal.
