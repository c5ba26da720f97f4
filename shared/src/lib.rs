//! The wire contract and the arithmetic of the field: serde only, builds for the browser.
