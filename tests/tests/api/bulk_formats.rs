//! Bulk uploads in each format, uploads that are refused as a whole, and an upload that was cut off.

use std::io::Write;

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::ELECTRICITY;
use nengce_tests::support::sources::workspace;

use super::bulk::{NDJSON, line, outcomes, send, stored, token};

#[test]
fn csv_parquet_and_arrow_take_the_same_check() {
    let app = TestApp::new();
    let mut enterprise = Enterprise::new("系统");
    enterprise.code = "911201120000000191".to_owned();
    let unit = app.terminal(&enterprise).enterprise.code;
    let token = token(&app, &[]);
    let head = "dataValue,enterpriseCode,DATA_CODE,statType,statDate,inputType,valid\n";
    let csv = format!(
        "{head}1.5,{unit},{ELECTRICITY},1,2025-03-01,1,true\n2.5,{unit},{ELECTRICITY},1,2025-03-02,1,1\n"
    );
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(csv.as_bytes()).expect("it is compressed");
    let gzip = gzip.finish().expect("it is compressed");
    let answer =
        send(&app, &token, "text/csv; charset=utf-8", gzip, &[("content-encoding", "gzip")])
            .received();
    assert_eq!(answer["stored"], 2);
    let fixture = |name: &str| {
        std::fs::read(workspace().join("tests/fixtures").join(name)).expect("a fixture")
    };
    let parquet = send(
        &app,
        &token,
        "application/vnd.apache.parquet",
        fixture("four-days-one-impossible.parquet"),
        &[],
    );
    parquet.refused_entry(3, "statDate", "entry_stat_date_malformed");
    let answer = parquet.json();
    assert_eq!(outcomes(&app, &answer), ["unchanged", "unchanged", "stored", "rejected"]);
    for (name, media) in [
        ("three-days.arrows", "application/vnd.apache.arrow.stream"),
        ("three-days.arrow", "application/vnd.apache.arrow.file"),
    ] {
        let answer = send(&app, &token, media, fixture(name), &[]).received();
        assert_eq!(outcomes(&app, &answer), ["unchanged"; 3]);
    }
    assert_eq!(stored(&app, &unit), [1.5, 2.5, -0.0]);
}

#[test]
fn what_cannot_be_read_is_refused_whole_with_its_reason() {
    let app = TestApp::with_environment(&[("NENGCE_MAX_BULK_BYTES", "4096")]);
    let token = token(&app, &[]);
    let refused = |media: &str, body: Vec<u8>, more: &[(&str, &str)], status: u16, code: &str| {
        let answer = send(&app, &token, media, body, more);
        assert_eq!(answer.status, status, "{}", answer.text());
        assert_eq!(answer.refused()["errors"][0]["code"], code, "{}", answer.text());
    };
    refused("application/xml", Vec::new(), &[], 415, "media_type_unsupported");
    refused(NDJSON, vec![b' '; 5_000], &[], 413, "body_too_large");
    refused(
        "application/vnd.apache.parquet",
        b"PAR1 no parquet".to_vec(),
        &[],
        200,
        "import_file_unreadable",
    );
    let mut huge = vec![255, 255, 255, 255, 255, 255, 255, 127];
    huge.extend([0; 64]);
    refused("application/vnd.apache.arrow.stream", huge, &[], 200, "import_file_unreadable");
    refused("text/csv", b"a,b\n1,2\n".to_vec(), &[], 200, "import_column_missing");
    refused(
        NDJSON,
        b"\x1f\x8b broken".to_vec(),
        &[("content-encoding", "gzip")],
        200,
        "body_encoding_broken",
    );
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    bomb.write_all(&vec![b'\n'; 1 << 20]).expect("it is compressed");
    let bomb = bomb.finish().expect("it is compressed");
    refused(NDJSON, bomb, &[("content-encoding", "gzip")], 200, "body_encoding_broken");
}

/// After the process ended within an upload, sending it again stores every row once and completes the result.
#[test]
fn a_cut_upload_sent_again_is_complete_and_nothing_is_doubled() {
    let mut app = TestApp::new();
    let codes: Vec<String> =
        (0..4).map(|_| app.terminal(&Enterprise::new("系统")).enterprise.code).collect();
    let token = token(&app, &[]);
    let days = jiff::civil::Date::constant(2005, 1, 1).series(jiff::ToSpan::day(1));
    let mut body = String::new();
    let mut rows = 0;
    for day in days.take(7_000) {
        for code in &codes {
            body.push_str(&line(code, &day.to_string(), "1.25"));
            rows += 1;
        }
    }
    let key = [("idempotency-key", "cut")];
    let cut = std::thread::scope(|scope| {
        let sent = scope.spawn(|| {
            let url = format!("{}/api/v1/bulk/readings", app.url());
            let client = reqwest::blocking::Client::new();
            let request = client
                .post(url)
                .bearer_auth(&token)
                .header("content-type", NDJSON)
                .header(key[0].0, key[0].1)
                .body(body.clone());
            request.send().is_err()
        });
        // The first piece is on disk; the others are not, or just so.
        loop {
            let list = app.admin_get("/api/v1/bulk").ok();
            let done = list["rows"][0]["rows"].as_u64().unwrap_or(0);
            if done > 0 || sent.is_finished() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        let id = app.server.pid();
        let killed = std::process::Command::new("kill").args(["-KILL", &id.to_string()]).status();
        assert!(killed.is_ok_and(|it| it.success()), "the server is killed");
        sent.join().expect("the sender ended")
    });
    app.server.kill();
    app.server.launch();
    let before = app.admin_get("/api/v1/bulk").ok()["rows"][0].clone();
    if cut {
        assert_eq!(before["state"], "interrupted", "{before}");
    }
    let answer = send(&app, &token, NDJSON, body.into_bytes(), &key).received();
    assert_eq!(answer["rows"], rows, "{answer}");
    assert_eq!(answer["bulkId"], before["bulk_id"]);
    assert_eq!(outcomes(&app, &answer).len(), rows);
    for code in &codes {
        let list = app.get(&format!("/api/v1/units/{code}/readings?limit=1")).ok();
        assert_eq!(list["page"]["total"], rows / 4);
    }
}

/// A comma inside a value, a duplicate name and a wrong unit are all reported.
#[test]
fn what_contradicts_itself_is_refused_and_not_read_in_part() {
    let app = TestApp::new();
    let mut enterprise = Enterprise::new("系统");
    enterprise.code = "911201120000000191".to_owned();
    let unit = app.terminal(&enterprise).enterprise.code;
    let token = token(&app, &[]);
    let head = "valid,enterpriseCode,dataCode,statType,statDate,dataValue";
    let row = format!("true,{unit},{ELECTRICITY},1,2025-03-01,1");
    let csv = |text: String| send(&app, &token, "text/csv", text.into_bytes(), &[]);
    csv(format!("{head}\n{row},234\n")).refused_entry(0, "row", "import_row_length");
    csv(format!("{head}\n{row},,\n")).received();
    for more in ["dataValue", "DATA_VALUE"] {
        let answer = csv(format!("{head},{more}\n{row},7\n"));
        assert!(answer.text().contains("import_column_duplicate"), "{}", answer.text());
    }
    let good = line(&unit, "2025-03-02", "5");
    for (twice, field, code) in [
        ("\"dataValue\":5,\"dataValue\":6", "row", "entry_field_unreadable"),
        (
            "\"dataValue\":5,\"dataUnit\":\"kWh\",\"data_unit\":\"MWh\"",
            "row",
            "entry_field_unreadable",
        ),
        ("\"dataValue\":5,\"dataUnit\":true", "dataUnit", "import_measure_unknown"),
        ("\"dataValue\":5,\"dataUnit\":{\"name\":\"kWh\"}", "dataUnit", "import_measure_unknown"),
    ] {
        let bad = good.replace("\"dataValue\":5", twice);
        assert!(bad.contains(twice), "{bad}");
        send(&app, &token, NDJSON, bad.into_bytes(), &[]).refused_entry(0, field, code);
    }
}
