//! Malicious messages of every kind go to every endpoint at once: anonymous, from a pending and an approved device,
//! from an industry system, from an administrator. Memory stays below a bound, and the disk grows by no more than was
//! sent.

use std::collections::BTreeMap;
use std::io::Write;
use std::net::TcpStream;
use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bytes::Bytes;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::hostile::{Hostile, Speaker, messages, noted_meters};
use nengce_tests::support::message::{ELECTRICITY, NATURAL_GAS, day};
use nengce_tests::support::server::ADMIN_TOKEN;
use reqwest::blocking::Client;
use serde_json::{Value, json};

/// Peak of the resident memory with default settings.
const MOST_MEMORY_MIB: u64 = 1_024;
/// Bytes by which the data folder may grow beyond the bytes that were sent.
const OVERHEAD_BYTES: u64 = 32 << 20;
/// The time after which the list ends; each kind has met each endpoint in its first part.
const MOST_TIME: Duration = Duration::from_secs(40);
const WORKERS: usize = 24;

/// One request.
#[derive(Clone)]
struct Shot {
    what: String,
    method: &'static str,
    path: String,
    media: &'static str,
    bearer: String,
    gzip: bool,
    body: Bytes,
}

/// Terminals' messages: a path, and the name of the list in it.
const NATIONAL: [(&str, &str); 7] = [
    ("/uploadEnergyData", "data"),
    ("/uploadConfigData", "collectItemConfig"),
    ("/uploadMeteringData", "data"),
    ("/register", "data"),
    ("/versionCheck", "data"),
    ("/downloadBaseData", "data"),
    ("/downloadConfigData", "data"),
];
const YUNNAN: [&str; 9] = [
    "/enterpriseInfo/rwk",
    "/enterpriseInfo/apply",
    "/enterpriseInfo/update",
    "/requestAK",
    "/checkVersion",
    "/platformAccessURL",
    "/dataDownload",
    "/dataDownload/public",
    "/dataEnterpriseEnergy",
];

fn shots_of(hostile: &[Hostile], path: &str, bearer: &str, media: &'static str) -> Vec<Shot> {
    hostile
        .iter()
        .map(|it| Shot {
            what: it.what.to_owned(),
            method: "POST",
            path: path.to_owned(),
            media,
            bearer: bearer.to_owned(),
            gzip: it.gzip,
            body: it.body.clone().into(),
        })
        .collect()
}

/// Sends every kind as every message, from each of the senders.
fn of_terminals(speakers: &[Speaker], mib: usize) -> Vec<Vec<Shot>> {
    let mut all = Vec::new();
    for (at, who) in speakers.iter().enumerate() {
        let bearer = if at % 2 == 0 { "" } else { "made-up" };
        for (path, list) in NATIONAL {
            let hostile = messages(who, list, mib);
            for prefix in ["", "/enterprise"] {
                let path = format!("{prefix}{path}");
                all.push(shots_of(&hostile, &path, bearer, "application/json"));
            }
        }
        // The lists are short, so that all of them are sent early.
        for bytes in [3_900, 250_000] {
            for some in noted_meters(who, 200, bytes).chunks(20) {
                let path = "/uploadMeteringData";
                all.push(shots_of(some, path, bearer, "application/json"));
            }
        }
        let hostile = messages(who, "data", mib);
        for path in YUNNAN {
            let path = format!("/YNEnergy{path}");
            all.push(shots_of(&hostile, &path, bearer, "application/json"));
        }
    }
    all
}

/// Every address of the document with a body, as an administrator; files for the imports, rows for the industry system.
fn of_the_api(app: &TestApp, token: &str, who: &Speaker) -> Vec<Vec<Shot>> {
    let document = app.get("/api/openapi.json").ok();
    let hostile = messages(who, "units", 8);
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        if !path.starts_with("/api/") || path.starts_with("/api/v1/maintenance") {
            continue;
        }
        let address = path.replace(['{', '}'], "");
        let bearer = if path.starts_with("/api/v1/bulk") { token } else { ADMIN_TOKEN };
        for (method, name) in [("post", "POST"), ("put", "PUT"), ("delete", "DELETE")] {
            if item.get(method).is_some() {
                let mut shots = shots_of(&hostile, &address, bearer, "application/json");
                shots.iter_mut().for_each(|it| it.method = name);
                all.push(shots);
            }
        }
        if item.get("get").is_some() && !path.contains("events") {
            let long = "9".repeat(6_000);
            let asked = ["", "?limit=10000", "?format=xlsx", "?from=1990-01&to=2099-12"];
            let get = |query: String| Shot {
                what: "a question".to_owned(),
                method: "GET",
                path: format!("{address}{query}"),
                media: "text/plain",
                bearer: bearer.to_owned(),
                gzip: false,
                body: Bytes::new(),
            };
            let mut shots: Vec<Shot> = asked.map(str::to_owned).map(get).into();
            shots.push(get(format!("?q={long}&region={long}")));
            all.push(shots);
        }
    }
    let rows = |what: &'static str, gzip: bool, body: Vec<u8>| Hostile { what, gzip, body };
    let line = |code: &str| json!({"enterpriseCode": who.enterprise, "dataCode": code}).to_string();
    let wide = format!("{}\n{}\n", "a,".repeat(200_000), "1,".repeat(200_000));
    let bulk = [
        rows("rows without end", false, "{}\n".repeat(200_000).into_bytes()),
        rows("a giant row", false, line(&"A".repeat(2 << 20)).into_bytes()),
        rows("refused rows", false, (line("x") + "\n").repeat(20_000).into_bytes()),
        rows("a wide table", false, wide.clone().into_bytes()),
        rows("a quote without end", false, format!("a,b\n\"{}", "x".repeat(2 << 20)).into_bytes()),
        rows("no file of its kind", false, vec![0xa5; 100_000]),
    ];
    for media in [
        "application/x-ndjson",
        "text/csv",
        "application/vnd.apache.parquet",
        "application/vnd.apache.arrow.stream",
    ] {
        all.push(shots_of(&bulk, "/api/v1/bulk/readings", token, media));
    }
    for kind in ["readings", "records", "economy", "targets", "units", "dictionary"] {
        for place in ["", "/preview", "/jobs"] {
            let path = format!("/api/v1/imports/{kind}{place}");
            all.push(shots_of(&bulk, &path, ADMIN_TOKEN, "text/csv"));
        }
    }
    all
}

/// The first request of each list, then the second of each, and so on: every kind is sent early.
fn interleaved(mut lists: Vec<Vec<Shot>>) -> Vec<Shot> {
    lists.iter_mut().for_each(|it| it.reverse());
    let mut all = Vec::new();
    // Neighbours differ in what they send, so that a short run meets every kind.
    for turn in 0.. {
        let before = all.len();
        for (at, list) in lists.iter_mut().enumerate() {
            let length = list.len();
            if length > 0 {
                all.push(list.swap_remove((at * 7 + turn) % length));
            }
        }
        if all.len() == before {
            return all;
        }
    }
    all
}

struct Told {
    statuses: BTreeMap<u16, u32>,
    faults: Vec<String>,
    broken: u32,
}

/// Sends all requests from many connections; returns the answers and the number of requests and bytes.
fn fire(app: &TestApp, shots: Vec<Shot>) -> (Told, usize, u64) {
    let (next, sent) = (AtomicUsize::new(0), AtomicU64::new(0));
    let (shots, started) = (Arc::new(shots), Instant::now());
    let told = Mutex::new(Told { statuses: BTreeMap::new(), faults: Vec::new(), broken: 0 });
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                let patience = Duration::from_secs(120);
                let client = Client::builder().timeout(patience).build().expect("a client");
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(shot) = shots.get(at).filter(|_| started.elapsed() < MOST_TIME) else {
                        return;
                    };
                    let method =
                        reqwest::Method::from_bytes(shot.method.as_bytes()).expect("a method");
                    let mut request = client
                        .request(method, format!("{}{}", app.url(), shot.path))
                        .header("content-type", shot.media);
                    if shot.gzip {
                        request = request.header("content-encoding", "gzip");
                    }
                    if !shot.bearer.is_empty() {
                        request = request.bearer_auth(&shot.bearer);
                    }
                    let answered = request.body(shot.body.clone()).send();
                    sent.fetch_add(shot.body.len() as u64 + 200, Ordering::Relaxed);
                    let answered = answered.and_then(|it| Ok((it.status().as_u16(), it.bytes()?)));
                    let mut told = told.lock().expect("nobody panicked");
                    match answered {
                        Ok((status, answer)) => {
                            *told.statuses.entry(status).or_default() += 1;
                            // Only the memory of file decoders is measured here; their answers have tests of their own.
                            if status == 500 && !shot.path.contains("/imports/") {
                                let said =
                                    String::from_utf8_lossy(&answer[..answer.len().min(300)]);
                                told.faults.push(format!(
                                    "{} {} ({}): {said}",
                                    shot.method, shot.path, shot.what
                                ));
                            }
                        }
                        Err(_) => told.broken += 1,
                    }
                }
            });
        }
    });
    let fired = next.load(Ordering::Relaxed).min(shots.len());
    (told.into_inner().expect("nobody panicked"), fired, sent.load(Ordering::Relaxed))
}

/// Connections that declare a body and send some bytes of it.
fn slow_bodies(app: &TestApp) -> Vec<TcpStream> {
    NATIONAL
        .iter()
        .flat_map(|(path, _)| std::iter::repeat_n(path, 6))
        .map(|path| {
            let mut stream = TcpStream::connect(app.server.listens_on()).expect("a connection");
            let head = format!(
                "POST {path} HTTP/1.1\r\nHost: nengce\r\nContent-Length: 900000\r\n\r\n{{\"deviceId\":\""
            );
            stream.write_all(head.as_bytes()).expect("the head is sent");
            stream
        })
        .collect()
}

fn folder_bytes(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|it| match it.file_type() {
            Ok(kind) if kind.is_dir() => folder_bytes(&it.path()),
            _ => it.metadata().map_or(0, |it| it.len()),
        })
        .sum()
}

#[test]
fn hostile_messages_of_every_kind_stay_within_memory_and_disk() {
    let mut app = TestApp::with_environment(&[("NENGCE_PROFILES", "national,shandong,yunnan")]);
    let known = Enterprise::new("已批准");
    let device = {
        let terminal = app.terminal(&known);
        terminal.upload(&[day(ELECTRICITY, "2025-01-01", 1.0)]).received();
        terminal.device_id.clone()
    };
    let waiting = Enterprise::new("待批准");
    let speakers = [
        Speaker { device_id: device.clone(), enterprise: known.code.clone() },
        Speaker { device_id: app.registered(&waiting).device_id, enterprise: waiting.code },
        Speaker {
            device_id: "0123456789abcdef0123456789abcdef".to_owned(),
            enterprise: Enterprise::new("陌生").code,
        },
    ];
    let system = json!({"name": "hostile", "units": [], "all_units": true}).to_string();
    let made: Value = app.admin("POST", "/api/v1/tokens", system.into_bytes()).ok();
    let token = made["token"].as_str().expect("a token");
    let mut lists = of_terminals(&speakers, 60);
    lists.extend(of_the_api(&app, token, &speakers[0]));
    let shots = interleaved(lists);
    let (all, before) = (shots.len(), folder_bytes(&app.server.data()));
    let started = Instant::now();
    let slow = slow_bodies(&app);
    let (told, fired, sent) = fire(&app, shots);
    drop(slow);
    let took = started.elapsed();
    let memory = super::hostile::memory_mib(&app);
    let grown = folder_bytes(&app.server.data()).saturating_sub(before);
    println!(
        "hostile load: {fired} of {all} requests, {:.1} MiB sent in {:.0} s; peak memory {memory} MiB; \
         the data folder grew by {:.1} MiB; statuses {:?}, {} broke off",
        sent as f64 / 1_048_576.0,
        took.as_secs_f64(),
        grown as f64 / 1_048_576.0,
        told.statuses,
        told.broken,
    );
    assert!(told.faults.is_empty(), "{:#?}", told.faults);
    assert!(memory <= MOST_MEMORY_MIB, "{memory} MiB");
    assert!(grown <= sent + OVERHEAD_BYTES, "{grown} bytes of {sent} sent");
    assert_eq!(app.get("/readyz").status, 200);
    app.server.stop();
    app.server.launch();
    let entry = day(NATURAL_GAS, "2025-01-02", 2.0);
    let message = json!({"deviceId": device, "enterpriseCode": known.code, "data": [entry]});
    app.post("/uploadEnergyData", &message).received();
}
