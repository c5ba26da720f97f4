//! The parts that charts are laid out from: scales, axes, labels, stacks, steps, and the frame of an exported picture.

pub mod axis;
pub mod label;
pub mod picture;
pub mod scale;
pub mod stack;
pub mod steps;
