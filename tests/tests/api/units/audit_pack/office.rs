//! Both files of the pack as LibreOffice opens them: it turns them into PDF, and the text of the pages is read.

use std::path::Path;
use std::process::Command;

use nengce_tests::support::app::TestApp;

use super::{path, plant};

/// The text of the PDF that LibreOffice makes of a file; it is kept in `target/audit-pack`, to be looked at.
fn printed(name: &str, bytes: &[u8]) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("audit-pack");
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join(name);
    std::fs::write(&file, bytes).expect("the file is written");
    let pdf = file.with_extension(format!("{}.pdf", name.rsplit('.').next().unwrap_or_default()));
    let made = file.with_extension("pdf");
    for old in [&pdf, &made] {
        if old.exists() {
            std::fs::remove_file(old).expect("an old one is removed");
        }
    }
    // Two runs at a time do not share a profile.
    let profile = folder.join(format!("profile-{name}"));
    let profile = format!("-env:UserInstallation=file://{}", profile.display());
    let run = Command::new("soffice")
        .args([profile.as_str(), "--headless", "--norestore", "--convert-to", "pdf", "--outdir"])
        .arg(&folder)
        .arg(&file)
        .output()
        .expect("LibreOffice runs");
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success() && made.is_file(), "LibreOffice cannot open {name}: {said}");
    std::fs::rename(&made, &pdf).expect("the PDF is renamed");
    let text = Command::new("pdftotext").arg("-layout").arg(&pdf).arg("-").output();
    let text = String::from_utf8(text.expect("pdftotext runs").stdout).expect("UTF-8");
    // A line of Chinese may break anywhere.
    text.chars().filter(|it| !it.is_whitespace()).collect()
}

#[test]
#[ignore = "needs LibreOffice and poppler-utils"]
fn libreoffice_opens_both_files_and_their_pages_hold_the_figures() {
    let app = TestApp::shared();
    // A name that would break XML, were it not escaped.
    let plant = plant(&app, "办公<软件>&“水泥”");
    let code = &plant.enterprise.code;
    for format in ["xlsx", "docx"] {
        let answer = app.get(&path(code, &format!("year=2025&format={format}")));
        assert_eq!(answer.status, 200, "{}", answer.text());
        let text = printed(&format!("pack.{format}"), &answer.body);
        let coal = "57,600";
        for part in [
            "能源审计资料包",
            "办公<软件>&“水泥”",
            "表1企业概况",
            "表2主要技术指标",
            "表11.1能源购入消费存储",
            "表21五年节能目标",
            "能源流向图",
            "数据校核结果",
            "无法校核",
            "未知不等于零",
            "60号电能表",
            coal,
            code,
        ] {
            assert!(text.contains(part), "{format} lacks {part}:\n{text}");
        }
        assert!(!text.contains("#REF") && !text.contains("Error"), "{format}: {text}");
    }
}

#[test]
#[ignore = "needs LibreOffice and poppler-utils"]
fn a_damaged_file_is_not_taken_for_a_report() {
    let app = TestApp::shared();
    let plant = plant(&app, "损坏水泥");
    let whole = app.get(&path(&plant.enterprise.code, "year=2025&format=docx")).body;
    let broken = std::panic::catch_unwind(|| printed("broken.docx", &whole[..whole.len() / 2]));
    assert!(broken.is_err() || !broken.is_ok_and(|it| it.contains("表21五年节能目标")));
}
