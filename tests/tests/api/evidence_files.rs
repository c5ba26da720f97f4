//! Files in the thread of a finding: both sides add them, of harmless kinds and bounded, and nobody else reads them.

use nengce_tests::support::person::Person;
use serde_json::json;

use super::answers::Stage;

#[test]
fn both_sides_add_files_to_the_thread_and_nobody_else_reads_them() {
    let stage = Stage::new(&[
        ("NENGCE_EVIDENCE_FILE_BYTES", "2000"),
        ("NENGCE_MAX_EVIDENCE_FILES_PER_SUBJECT", "3"),
    ]);
    let (clerk, officer) = (stage.person("clerk"), stage.person("officer"));
    let png = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &[7; 900]].concat();
    let send = |person: &Person<'_>, place: &str, name: &str, body: &[u8]| {
        let path = stage.path(&format!("/{place}?name={name}"));
        person.send_bytes("POST", &path, body.to_vec(), "application/octet-stream")
    };
    let thread = send(&clerk, "files", "抄表.png", &png).ok();
    let step = &thread["steps"][0];
    let file = &step["file"];
    assert_eq!(
        (&step["step"], &step["side"], &step["author"]),
        (&json!("file"), &json!("unit"), &json!("clerk"))
    );
    assert_eq!((&file["name"], &file["media_type"]), (&json!("抄表.png"), &json!("image/png")));
    assert_eq!((&file["bytes"], file["sm3"].as_str().map(str::len)), (&json!(png.len()), Some(64)));
    let path = stage.path(&format!("/files/{}", file["file_id"]));
    let answer = officer.get(&path);
    assert_eq!(answer.body, png, "the authority reads what the unit sent");
    assert!(
        answer.header("content-disposition").starts_with("attachment; filename*=UTF-8''%E6%8A%84")
    );
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    // Content that is no kind that is taken, or another one than the name says; too large; a name that is a path.
    send(&clerk, "files", "a.png", b"<html><script>alert(1)</script></html>")
        .problem(400, "parameter_invalid");
    send(&clerk, "files", "a.pdf", &png).problem(400, "parameter_invalid");
    send(&clerk, "files", "", &png).problem(400, "parameter_invalid");
    send(&clerk, "files", "a.png", &[&png[..], &[7; 2000]].concat()).problem(413, "body_too_large");
    let thread =
        send(&officer, "authority-files", "../../etc/回函.txt", "请补充抄表记录".as_bytes()).ok();
    assert_eq!(thread["steps"][1]["file"]["name"], "回函.txt");
    assert_eq!(thread["steps"][1]["side"], "authority");
    send(&clerk, "files", "c.txt", b"third").ok();
    send(&clerk, "files", "d.txt", b"fourth").problem(409, "conflict");
    // Others: another unit, another officer, a unit on the authority's side, another finding's address.
    for name in ["stranger", "far"] {
        let other = stage.person(name);
        other.get(&path).problem(404, "not_found");
        send(&other, if name == "far" { "authority-files" } else { "files" }, "x.txt", b"x")
            .problem(404, "not_found");
    }
    send(&clerk, "authority-files", "x.txt", b"x").problem(403, "forbidden");
    send(&officer, "files", "x.txt", b"x").problem(403, "forbidden");
    officer.get(&stage.path("/files/99")).problem(404, "not_found");
}
