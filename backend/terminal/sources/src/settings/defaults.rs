//! What holds where the configuration file says nothing.

pub(super) fn modbus_port() -> u16 {
    502
}

pub(super) fn answer_time() -> u64 {
    3000
}

pub(super) fn china() -> i32 {
    480
}

pub(super) fn quarter_hour() -> u64 {
    900
}

pub(super) fn one() -> u8 {
    1
}

pub(super) fn one_mebibyte() -> usize {
    1 << 20
}

pub(super) fn sixteen_mebibytes() -> u64 {
    16 << 20
}
