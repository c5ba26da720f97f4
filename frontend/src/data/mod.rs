//! What the page knows of the server: requests, the frame every page needs, and who is signed in.

pub mod api_client;
pub mod meta;
pub mod session;
pub mod session_requests;
