//! What lies below the messages: heads, addresses, character sets, connections, and a gateway in front.

mod charset;
mod clients;
mod connections;
mod gateway;
mod headers;
mod paths;
