//! Messages made to fill memory and disk: small as sent, but large once unpacked, parsed or stored.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

/// The sender of a message; the device id and the credit code may be any text.
#[derive(Debug, Clone)]
pub struct Speaker {
    pub device_id: String,
    pub enterprise: String,
}

/// A body and its encoding.
#[derive(Debug, Clone)]
pub struct Hostile {
    pub what: &'static str,
    pub gzip: bool,
    pub body: Vec<u8>,
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

/// `head`, then a part again and again for so many MiB, then `tail`: one gzip member a MiB, so that making it costs
/// nothing.
fn bomb(head: &str, part: &str, mib: usize, tail: &str) -> Vec<u8> {
    let stretch = gzip(part.repeat((1 << 20) / part.len()).as_bytes());
    let mut all = gzip(head.as_bytes());
    for _ in 0..mib {
        all.extend_from_slice(&stretch);
    }
    all.extend_from_slice(&gzip(tail.as_bytes()));
    all
}

/// Hostile messages of a sender whose entries stand under `list`; gzip ones unpack to about so many MiB.
#[expect(clippy::too_many_lines, reason = "a list of messages, one after another")]
pub fn messages(who: &Speaker, list: &str, mib: usize) -> Vec<Hostile> {
    let head =
        format!("{{\"deviceId\":\"{}\",\"enterpriseCode\":\"{}\",", who.device_id, who.enterprise);
    let open = format!("{head}\"{list}\":[");
    let packed = |what, head: &str, part: &str, tail: &str| Hostile {
        what,
        gzip: true,
        body: bomb(head, part, mib, tail),
    };
    let plain = |what, body: String| Hostile { what, gzip: false, body: body.into_bytes() };
    let code = "00-00-0000-023300-11";
    let good = |at: usize| {
        json!({"dataCode": code, "dataValue": at, "statType": 0, "inputType": 1, "valid": true, "scope": 1,
               "statDate": format!("2025-01-{:02} {:02}:{:02}:00", at / 96 % 28 + 1, at / 4 % 24, at % 4 * 15)})
        .to_string()
    };
    let entry = good(0);
    let many = |count: usize, one: &dyn Fn(usize) -> String| {
        let all: Vec<String> = (0..count).map(one).collect();
        format!("{open}{}]}}", all.join(","))
    };
    vec![
        packed("one giant entry", &format!("{open}{{\"dataCode\":\""), "A", "\"}]}"),
        packed(
            "many large refused entries",
            &open,
            &format!("{{\"dataCode\":\"{}\"}},", "B".repeat(400)),
            "{}]}",
        ),
        packed("many empty entries", &open, "{},", "{}]}"),
        packed("many small objects", &open, "{\"\":0},", "{}]}"),
        packed("many empty lists", &open, "[],", "0]}"),
        packed("brackets without end", &open, "[", ""),
        packed("many keys", &head, "\"a\":{\"\":[]},", "\"z\":0}"),
        packed("a giant device id", "{\"deviceId\":\"", "D", "\"}"),
        packed(
            "a giant credit code",
            "{\"deviceId\":\"d\",\"enterpriseCode\":\"",
            "9",
            "\",\"data\":[]}",
        ),
        packed("blanks", "", " ", ""),
        packed("one value again and again", &open, &format!("{entry},"), &format!("{entry}]}}")),
        Hostile {
            what: "a broken gzip",
            gzip: true,
            body: bomb(&open, "{},", 1, "")[..700].to_vec(),
        },
        Hostile { what: "no gzip at all", gzip: true, body: vec![0xff; 10_000] },
        Hostile {
            what: "bytes that are no text",
            gzip: false,
            body: [open.as_bytes(), &[0xc3, 0x28, 0xff, 0x00], b"]}"].concat(),
        },
        plain("half a message", format!("{open}{entry},")),
        plain("wrong types", format!("{{\"deviceId\":[],\"enterpriseCode\":{{}},\"{list}\":7}}")),
        plain("no object", "[[1],[2]]".to_owned()),
        plain("many refused entries", many(120_000, &|_| "{}".to_owned())),
        plain(
            "many configured items",
            many(30_000, &|at| format!("{{\"dataCode\":\"{code}\",\"code\":\"m{at}\"}}")),
        ),
        plain(
            "distinct meter codes with long notes",
            many(240, &|at| {
                let note = "n".repeat(3_900);
                format!("{{\"code\":\"N{at}\",\"note\":\"{note}\"}}")
            }),
        ),
        plain(
            "new data codes without end",
            many(12_000, &|at| {
                let (process, unit) = (at / 99 + 1, at % 99);
                good(at).replace(
                    code,
                    &format!("{:02}-{unit:02}-{:04}-023300-11", process % 99, at % 9_999),
                )
            }),
        ),
        plain("a day of values", many(2_000, &good)),
        plain(
            "the same values changed",
            many(2_000, &|at| good(at).replace("\"dataValue\":", "\"dataValue\":1")),
        ),
    ]
}

/// A number of small gzip messages, each with one meter of a new code and a note of a number of bytes.
pub fn noted_meters(who: &Speaker, count: usize, bytes: usize) -> Vec<Hostile> {
    let note = "n".repeat(bytes);
    let one = |at| {
        json!({"deviceId": who.device_id, "enterpriseCode": who.enterprise,
               "data": [{"code": format!("L{bytes}-{at}"), "note": note}]})
    };
    (0..count)
        .map(|at| Hostile {
            what: "distinct meter codes with long notes",
            gzip: true,
            body: gzip(one(at).to_string().as_bytes()),
        })
        .collect()
}
