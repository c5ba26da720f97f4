//! Everything below the messages: headers, addresses, character sets, connections, and a gateway in front.

mod authority;
mod certificates;
mod charset;
mod clients;
mod connections;
mod gateway;
mod headers;
mod paths;
