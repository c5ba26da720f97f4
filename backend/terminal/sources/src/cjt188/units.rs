//! The unit byte after a number: every number is turned to m³, m³/h, GJ or kW, whatever unit a meter is set to.

/// The unit's name, the unit that is given, and the factor between them.
pub(super) fn unit(byte: u8) -> Option<(&'static str, &'static str, f64)> {
    const GIGAJOULE_OF_KWH: f64 = 0.0036;
    Some(match byte {
        0x01 => ("J", "GJ", 1e-9),
        0x0B => ("kJ", "GJ", 1e-6),
        0x0E => ("MJ", "GJ", 1e-3),
        0x11 => ("GJ", "GJ", 1.0),
        0x13 => ("GJ×100", "GJ", 100.0),
        0x02 => ("Wh", "GJ", GIGAJOULE_OF_KWH / 1e3),
        0x05 => ("kWh", "GJ", GIGAJOULE_OF_KWH),
        0x08 => ("MWh", "GJ", GIGAJOULE_OF_KWH * 1e3),
        0x0A => ("MWh×100", "GJ", GIGAJOULE_OF_KWH * 1e5),
        0x14 => ("W", "kW", 1e-3),
        0x17 => ("kW", "kW", 1.0),
        0x1A => ("MW", "kW", 1e3),
        0x29 => ("L", "m³", 1e-3),
        0x2C => ("m³", "m³", 1.0),
        0x32 => ("L/h", "m³/h", 1e-3),
        0x35 => ("m³/h", "m³/h", 1.0),
        _ => return None,
    })
}
