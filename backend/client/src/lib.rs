//! The client of a centre: registers, asks for versions, uploads and downloads over HTTPS.
