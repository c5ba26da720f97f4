//! Both files of the pack as LibreOffice opens them.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::office::printed;

use super::{path, plant};

const SCRATCH: &str = env!("CARGO_TARGET_TMPDIR");

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
        let text = printed(SCRATCH, &format!("pack.{format}"), &answer.body);
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
    let broken =
        std::panic::catch_unwind(|| printed(SCRATCH, "broken.docx", &whole[..whole.len() / 2]));
    assert!(broken.is_err() || !broken.is_ok_and(|it| it.contains("表21五年节能目标")));
}
