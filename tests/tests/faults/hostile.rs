//! Malicious bodies, and a terminal that sends endlessly, are refused with a reason or counted once, and the next
//! message is served.

use std::io::Write;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::ToSpan;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, NATURAL_GAS, RAW_COAL, date, day, quarters};
use nengce_tests::support::terminal::Terminal;

fn gzip_of_zeros(mib: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..mib {
        encoder.write_all(&[b' '; 1 << 20]).expect("memory takes it");
    }
    encoder.finish().expect("memory takes it")
}

fn check_serves(terminal: &Terminal<'_>, day_of_month: u32) {
    let entry = day(ELECTRICITY, &format!("2025-01-{day_of_month:02}"), 1.0);
    terminal.upload(&[entry]).received();
}

pub(crate) fn memory_mib(app: &TestApp) -> u64 {
    let status =
        std::fs::read_to_string(format!("/proc/{}/status", app.server.pid())).expect("a process");
    let line = status.lines().find(|it| it.starts_with("VmHWM")).expect("peak memory");
    let kib: u64 = line.split_whitespace().nth(1).and_then(|it| it.parse().ok()).expect("KiB");
    kib / 1024
}

#[test]
fn files_that_many_ask_for_at_once_stay_within_memory() {
    let app = TestApp::new();
    let terminal = app.terminal(&Enterprise::new("导出"));
    for code in [ELECTRICITY, NATURAL_GAS, RAW_COAL] {
        let entries: Vec<_> = (0..300)
            .flat_map(|at| {
                let day = date("2024-01-01").saturating_add(at.days()).to_string();
                quarters(code, &day, f64::from)
            })
            .collect();
        terminal.upload(&entries).received();
    }
    let path = format!("/api/v1/units/{}/readings?format=parquet", terminal.enterprise.code);
    let before = memory_mib(&app);
    std::thread::scope(|scope| {
        for _ in 0..32 {
            scope.spawn(|| {
                let client = reqwest::blocking::Client::builder();
                let client = client.timeout(Duration::from_secs(300)).build().expect("a client");
                let answer = client.get(format!("{}{path}", app.url())).send().expect("an answer");
                assert_eq!(answer.status(), 200);
                answer.bytes().expect("the whole file");
            });
        }
    });
    let memory = memory_mib(&app);
    println!("32 files at once: {before} MiB before, {memory} MiB at the peak");
    assert!(memory <= 1_024, "{memory} MiB");
}

#[test]
fn large_answers_to_one_address_leave_room_to_others() {
    let app = TestApp::with_config(
        "trusted_proxies = [\"127.0.0.1\"]\ntls_ends_in_front = true\n\
         max_answer_bytes_in_flight_per_address = 100000\n",
    );
    let terminal = app.terminal(&Enterprise::new("大"));
    let entries: Vec<_> = (1..=20)
        .flat_map(|at| quarters(ELECTRICITY, &format!("2024-01-{at:02}"), f64::from))
        .collect();
    terminal.upload(&entries).received();
    let path = format!("/api/v1/units/{}/readings?format=csv", terminal.enterprise.code);
    let stranger = app.get_with(&path, &[("x-forwarded-for", "203.0.113.1")]);
    assert_eq!(stranger.status, 503, "more than one address may have on its way");
    let all = app.get(&path);
    assert_eq!(all.status, 200);
    assert!(all.body.len() > 100_000, "{}", all.body.len());
}

#[test]
fn bodies_made_to_break_the_reader_are_refused_and_cost_no_memory() {
    let app = TestApp::with_environment(&[
        ("NENGCE_MAX_BODY_BYTES", "2000000"),
        ("NENGCE_MAX_DECOMPRESSED_BYTES", "4000000"),
    ]);
    let enterprise = Enterprise::new("敌意");
    let terminal = app.terminal(&enterprise);
    let message = terminal.message(&[day(ELECTRICITY, "2025-01-01", 1.0)]).to_string();
    let head = format!(
        "{{\"deviceId\":\"{}\",\"enterpriseCode\":\"{}\",",
        terminal.device_id, enterprise.code
    );
    let nested = |open: &str, close: &str, depth: usize| {
        format!("{head}\"data\":[{}1{}]}}", open.repeat(depth), close.repeat(depth)).into_bytes()
    };
    let before = memory_mib(&app);
    let bodies: [(&str, Vec<u8>); 8] = [
        ("open brackets without end", vec![b'['; 1_500_000]),
        ("deep arrays", nested("[", "]", 200_000)),
        ("deep objects", nested("{\"a\":", "}", 150_000)),
        (
            "not UTF-8 in a string",
            [head.as_bytes(), b"\"data\":[{\"dataCode\":\"\xff\xfe\"}]}"].concat(),
        ),
        ("not UTF-8 in a key", [head.as_bytes(), b"\"\xc3\x28\":1,\"data\":[]}"].concat()),
        (
            "half a surrogate",
            format!("{head}\"data\":[{{\"dataCode\":\"\\ud800\"}}]}}").into_bytes(),
        ),
        (
            "a number without end",
            format!("{head}\"data\":[{{\"dataValue\":{}}}]}}", "9".repeat(1_000_000)).into_bytes(),
        ),
        ("broken off", message.as_bytes()[..message.len() - 9].to_vec()),
    ];
    for (at, (what, body)) in bodies.into_iter().enumerate() {
        for encoding in [None, Some("gzip")] {
            let body = match encoding {
                None => body.clone(),
                Some(_) => {
                    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
                    encoder.write_all(&body).expect("memory takes it");
                    encoder.finish().expect("memory takes it")
                }
            };
            let mut headers = vec![("content-type", "application/json")];
            headers.extend(encoding.map(|it| ("content-encoding", it)));
            let answer = terminal.upload_bytes(body, &headers);
            assert_eq!(answer.status, 200, "{what}: {}", answer.text());
            answer.refused();
        }
        check_serves(&terminal, at as u32 + 1);
    }
    for (what, body, headers) in [
        ("oversized", vec![b' '; 3_000_000], vec![]),
        ("a gzip bomb", gzip_of_zeros(1_000), vec![("content-encoding", "gzip")]),
    ] {
        let answer = terminal.upload_bytes(body, &headers);
        assert_eq!(answer.status, 413, "{what}: {}", answer.text());
        answer.refused();
        assert!(!answer.header("retry-after").is_empty(), "{what}");
        check_serves(&terminal, 20);
    }
    let grown = memory_mib(&app).saturating_sub(before);
    assert!(grown < 400, "{grown} MiB more than before");
    assert_eq!(terminal.readings(ELECTRICITY, 1).len(), 9, "what was good, once");
}

/// A message has one meaning: of a key that occurs twice the same value counts, in whatever way it is sent.
#[test]
fn duplicate_keys_have_one_meaning() {
    let app = TestApp::shared();
    let enterprise = Enterprise::new("重键");
    let terminal = app.terminal(&enterprise);
    let entry = day(ELECTRICITY, "2025-01-01", 1.0).to_string();
    let twice = entry.replacen('{', "{\"dataValue\":7,", 1);
    let body =
        terminal.message(&[]).to_string().replace("\"data\":[]", &format!("\"data\":[{twice}]"));
    let first = terminal.upload_bytes(body.clone().into_bytes(), &[]);
    let again = terminal.upload_bytes(body.into_bytes(), &[]);
    assert_eq!(first.text(), again.text());
    let rows = terminal.readings(ELECTRICITY, 1);
    let taken = first.json()["responseCode"] == "0";
    assert_eq!(rows.len(), usize::from(taken), "taken once or refused: {}", first.text());
}

#[test]
fn a_terminal_that_resends_for_ever_counts_once_and_is_slowed_down() {
    let app = TestApp::with_environment(&[("NENGCE_MAX_REQUESTS_PER_DEVICE_PER_MINUTE", "25")]);
    let enterprise = Enterprise::new("重发");
    let terminal = app.terminal(&enterprise);
    let entries = [day(ELECTRICITY, "2025-01-01", 5.0)];
    let (mut taken, mut slowed) = (0, 0);
    while slowed < 20 {
        let answer = terminal.upload(&entries);
        if answer.status == 429 {
            answer.refused();
            let wait: u32 = answer.header("retry-after").parse().expect("seconds");
            assert!((1..=60).contains(&wait));
            slowed += 1;
        } else {
            answer.received();
            taken += 1;
        }
        assert!(taken < 2_000, "it is never slowed down");
    }
    let rows = terminal.readings(ELECTRICITY, 1);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["history"].as_array().map_or(0, Vec::len), 0, "nothing was replaced");
}
