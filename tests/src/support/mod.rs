//! Helpers that the test programs share. They assert no rule of the product.

pub mod answer;
pub mod app;
pub mod axe;
pub mod browser;
pub mod city;
pub mod colour;
pub mod disk;
pub mod documents;
pub mod enterprise;
pub mod figures;
pub mod hostile;
pub mod imports;
pub mod message;
pub mod mutual_tls;
pub mod office;
pub mod pdf;
pub mod person;
pub mod provider;
pub mod raw;
pub mod server;
pub mod sources;
pub mod terminal;
pub mod tls;
pub mod tokens;
pub mod wait;
pub mod webdriver;
