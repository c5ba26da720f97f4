//! Each rule with hand-made readings.
