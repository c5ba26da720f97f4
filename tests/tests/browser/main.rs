//! The portal in Chromium, on data uploaded in the test through the terminal protocol. Figures on screen are
//! compared with figures computed by hand from the small city's constants.

mod access;
mod account_lists;
mod accounts;
mod answers;
mod benchmarks;
mod costs;
mod demo;
mod drill_down;
mod dual_control;
mod files;
mod first_questions;
mod flow;
mod gestures;
mod groups;
mod home;
mod import;
mod injection;
mod intensity;
mod languages;
mod linked;
mod live;
mod navigation;
mod paper;
mod phone;
mod provider;
mod quality;
mod rejected;
mod replacements;
mod savings;
mod select;
mod shell;
mod stage;
mod terminals;
mod today;
mod units;
