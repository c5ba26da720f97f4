//! The check of an address before it is used, by the kind of its source.
use crate::address::AddressError;
use crate::settings::Kind;
use crate::{cjt188, dlt645, folder, http_json, modbus, mqtt, sql};

/// Whether an address is well written for a kind of source.
///
/// - Modbus: `UNIT/TABLE/REGISTER/FORM[/ORDER][*SCALE]`, as `1/holding/100/f32/cdab*0.1`. Tables: `holding`, `input`,
///   and `coil`, `discrete`, which end at the register. Registers count from 0. Forms: `u16 i16 u32 i32 u64 i64 f32 f64
///   bcd16 bcd32 bcd64`. Orders: `abcd` (highest byte first), `badc`, `cdab`, `dcba`.
/// - DL/T 645: `METER/ITEM[#N][/FORM]`, as `202107072529/00010000`. Eight digits of the item are the edition of 2007,
///   four that of 1997; `#N` takes the Nth number of a block; the form is needed for items outside the tables, as
///   `XXXXXX.XX`, with `s` before it where the highest bit is a sign. `AAAAAAAAAAAA` is any meter.
/// - CJ/T 188: `TYPE/METER/ITEM[#FIELD]`, as `10/78330011223344/901F` or `20/78330011223344/901F#heat`. Types: 10–19
///   water, 20–29 heat, 30–39 gas. Values come in m³, m³/h, GJ, kW, °C and h, whatever unit the meter is set to.
/// - OPC UA: a node, as `ns=2;s=Meter.Energy` or `ns=2;i=7`.
/// - MQTT: `TOPIC[#PATH[@PATH OF ITS TIME]]`, as `plant/m1#meters[0].energy@time`; without a path the message is a number.
///   Sparkplug B: `spBv1.0/GROUP/NODE[/DEVICE]#METRIC`, as `spBv1.0/plant/gateway/meter1#Energy/Total`, by the name that
///   its BIRTH gives; the moment is that of the metric.
/// - SQL: `QUERY.COLUMN[@TIME COLUMN]`, the query by its name in the settings, as `last.kwh@read_at`.
/// - Folder: `FILE#COLUMN[@TIME COLUMN][?COLUMN=TEXT]`, as `energy-*.csv#kWh@time?meter=M1`: the newest file that fits,
///   and in it the last row that fits and has a value.
/// - HTTP: `/PATH#PATH[@PATH OF ITS TIME]`, as `/api/meters#m[0].energy@t`.
pub fn check_address(kind: Kind, address: &str) -> Result<(), AddressError> {
    match kind {
        Kind::ModbusTcp | Kind::ModbusRtu => modbus::Address::parse(address).map(drop),
        Kind::Dlt645Tcp | Kind::Dlt645Serial => dlt645::Address::parse(address).map(drop),
        Kind::Cjt188Tcp | Kind::Cjt188Serial => cjt188::Address::parse(address).map(drop),
        Kind::Mqtt => mqtt::check(address),
        Kind::Folder => folder::Address::parse(address).map(drop),
        Kind::HttpJson => http_json::check(address),
        Kind::Sql => sql::Address::parse(address).map(drop),
        Kind::OpcUa => node(address),
    }
}

/// A node of OPC UA: `[ns=N;]i=…`, `s=…`, `g=…` or `b=…`.
fn node(address: &str) -> Result<(), AddressError> {
    let rest = match address.strip_prefix("ns=").map(|it| it.split_once(';')) {
        None => Some(address),
        Some(Some((space, rest))) if space.parse::<u16>().is_ok() => Some(rest),
        Some(_) => None,
    };
    let is_node = rest.and_then(|it| it.split_once('=')).is_some_and(|(kind, name)| match kind {
        "i" => name.parse::<u32>().is_ok(),
        "s" | "g" | "b" => !name.is_empty(),
        _ => false,
    });
    if is_node {
        return Ok(());
    }
    let (zh, en) = (
        "节点应如 ns=2;s=Meter.Energy 或 ns=2;i=5",
        "write the node as ns=2;s=Meter.Energy or ns=2;i=5",
    );
    Err(AddressError::new(address, zh, en))
}

#[cfg(test)]
mod tests {
    use super::check_address;
    use crate::settings::Kind;

    #[test]
    fn one_of_each_kind() {
        for (kind, good, bad) in [
            (Kind::ModbusTcp, "1/holding/0/f64", "1/holding/0"),
            (Kind::ModbusRtu, "1/coil/0", "coil"),
            (Kind::Dlt645Tcp, "202107072529/00010000", "00010000"),
            (Kind::Dlt645Serial, "1/9010", "1/90"),
            (Kind::Cjt188Tcp, "10/1/901F", "1/901F"),
            (Kind::Cjt188Serial, "20/1/901F#heat", "20/1/901F#cold"),
            (Kind::OpcUa, "ns=2;s=a.b", "ns=x;s=a"),
            (Kind::OpcUa, "i=2258", "i=a"),
            (Kind::Mqtt, "plant/m1#e", "plant/+#e"),
            (Kind::Mqtt, "spBv1.0/g/n/d#a.b/c", "spBv1.0/g/DDATA/n/d#a"),
            (Kind::Sql, "q.e@t", "q"),
            (Kind::Folder, "*.csv#e", "e"),
            (Kind::HttpJson, "/m#e", "m#e"),
        ] {
            assert_eq!(check_address(kind, good), Ok(()), "{good}");
            assert!(check_address(kind, bad).is_err(), "{bad}");
        }
    }
}
