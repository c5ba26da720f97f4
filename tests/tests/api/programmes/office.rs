//! The files of a programme as LibreOffice opens them.

use nengce_tests::support::office::printed;
use nengce_tests::support::person::Person;

use super::{make, request, stage};

#[test]
#[ignore = "needs LibreOffice and poppler-utils"]
fn libreoffice_opens_the_list_with_its_reasons_and_its_seed() {
    let city = stage();
    let inspector = Person::sign_in(&city.app, "inspector");
    let mut body = request(4, 25.0);
    body["name"] = "监察<一>&“二”".into();
    make(&inspector, "", &body).ok();
    for format in ["docx", "xlsx"] {
        let file = inspector.get(&format!("/api/v1/programmes/1?format={format}&lang=zh"));
        assert_eq!(file.status, 200, "{}", file.text());
        let name = format!("programme.{format}");
        let text = printed(env!("CARGO_TARGET_TMPDIR"), &name, &file.body);
        let of_document = ["监察<一>&“二”", "种子-1", "可监察4家"];
        let parts = of_document.into_iter().filter(|_| format == "docx");
        for part in parts.chain(["随机抽取", "按得分", "理由与依据", "王某"]) {
            assert!(text.contains(part), "{format} lacks {part}:\n{text}");
        }
    }
}
