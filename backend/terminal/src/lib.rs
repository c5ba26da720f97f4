//! The access-end system on the premises of a unit: collects, keeps and sends.
