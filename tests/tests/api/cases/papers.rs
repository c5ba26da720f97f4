//! Papers: what article 59 wants, copies, templates of the operator, a look before the step, the dossier, LibreOffice.

use std::io::{Cursor, Read};

use nengce_shared::api::case::CaseDetail;
use nengce_shared::api::case_papers::{CaseDocument, DocumentTemplateList, EvidenceTable};
use nengce_shared::case::CaseDocumentKind;
use nengce_tests::support::cases::{Sides, code_of, stage};
use nengce_tests::support::office::printed;
use nengce_tests::support::person::Person;
use serde_json::json;

fn text(it: &CaseDocument) -> String {
    it.blocks.iter().flat_map(|it| it.text.clone()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_decision_holds_what_the_law_wants_and_is_looked_at_before_it_is_taken() {
    let city = stage(&[("NENGCE_DOCUMENT_NUMBER_PREFIX", "津节监")]);
    let unit = code_of(&city, "蓟北水泥");
    let sides = Sides::of(&city.app);
    let case = sides.not_met(&unit);
    let path = format!("/api/v1/cases/{case}");
    let body = json!({"step": "intended_penalty", "on": "2026-05-19", "text": "逾期未报送"});
    let look: CaseDocument = sides.inspector.post(&format!("{path}/preview"), &body).read();
    assert_eq!(look.about.number, "津节监告〔2026〕1号");
    let none: CaseDetail = sides.inspector.get(&path).read();
    assert!(
        none.documents.iter().all(|it| it.kind != CaseDocumentKind::IntendedPenalty),
        "a look keeps nothing"
    );
    let case = sides.decided(&code_of(&city, "蓟北水泥"));
    let detail: CaseDetail = sides.inspector.get(&format!("/api/v1/cases/{case}")).read();
    let row = detail
        .documents
        .iter()
        .find(|it| it.kind == CaseDocumentKind::Decision)
        .expect("a decision");
    assert_eq!(row.served_on.as_deref(), Some("2026-05-28"));
    let decision: CaseDocument =
        sides.manager.get(&format!("/api/v1/cases/{case}/documents/{}", row.document)).read();
    let words = text(&decision);
    // Article 59: party and address; facts and evidence; kind and basis; way and term; review and suit; authority and day.
    for part in [
        "蓟北水泥",
        &unit,
        "蓟州",
        "违法事实和证据",
        "SM3",
        "节约能源法第八十二条",
        "30,000 元（叁万元整）",
        "十五日内",
        "行政复议",
        "行政诉讼",
        "节能监察机构",
        "2026年5月28日",
        "津节监罚〔2026〕1号",
        "statement：核查情况属实",
    ] {
        assert!(words.contains(part), "{part} is not in\n{words}");
    }
}

#[test]
fn an_operator_replaces_a_template_and_what_was_issued_stays() {
    let city = stage(&[]);
    let unit = code_of(&city, "蓟北水泥");
    let sides = Sides::of(&city.app);
    let case = sides.not_met(&unit);
    let centre = Person::sign_in(&city.app, "centre");
    let all: DocumentTemplateList = centre.get("/api/v1/document-templates").read();
    assert_eq!(all.rows.len(), CaseDocumentKind::ALL.len());
    let put = |text: &str| {
        centre.send("PUT", "/api/v1/document-templates/order", Some(&json!({"content": text})))
    };
    let wrong = put("# 通知\n{{ nonsense }}").problem(422, "template_invalid").to_string();
    assert!(wrong.contains("line 2"), "{wrong}");
    put("{% for").problem(422, "template_invalid");
    // Every built-in template is one that an operator may put.
    for it in &all.rows {
        let path = format!("/api/v1/document-templates/{}", it.kind);
        centre.send("PUT", &path, Some(&json!({"content": it.content}))).ok();
    }
    put("# 本市整改通知\n## {{ number }}\n{{ unit.name }}：{{ text }}").ok();
    sides
        .inspector
        .send("PUT", "/api/v1/document-templates/order", Some(&json!({"content": ""})))
        .problem(403, "forbidden");
    let document = |case: u64| {
        let detail: CaseDetail = sides.inspector.get(&format!("/api/v1/cases/{case}")).read();
        let row = detail
            .documents
            .iter()
            .find(|it| it.kind == CaseDocumentKind::Order)
            .expect("an order");
        sides
            .inspector
            .get(&format!("/api/v1/cases/{case}/documents/{}", row.document))
            .read::<CaseDocument>()
    };
    let (before, after) = (document(case), document(sides.not_met(&unit)));
    assert_eq!((before.template_version, after.template_version), (0, 2));
    assert!(text(&before).contains("限期整改通知书") && text(&after).contains("本市整改通知"));
    put("").ok();
    assert_eq!(document(sides.not_met(&unit)).template_version, 0, "the built-in one again");
}

#[test]
fn the_dossier_holds_papers_and_evidence_with_the_hashes_that_were_shown() {
    let city = stage(&[]);
    let sides = Sides::of(&city.app);
    let case = sides.decided(&code_of(&city, "蓟北水泥"));
    let detail: CaseDetail = sides.inspector.get(&format!("/api/v1/cases/{case}")).read();
    let file = sides.inspector.get(&format!("/api/v1/cases/{case}/dossier"));
    let mut zip = zip::ZipArchive::new(Cursor::new(file.body)).expect("a ZIP file");
    let mut whole = String::new();
    zip.by_name("case.json").expect("the case").read_to_string(&mut whole).expect("text");
    assert_eq!(serde_json::from_str::<CaseDetail>(&whole).expect("a case").steps, detail.steps);
    for it in &detail.evidence {
        let mut table = String::new();
        let name = format!("evidence/{:02}.json", it.number);
        zip.by_name(&name).expect("evidence").read_to_string(&mut table).expect("text");
        use sm3::{Digest, Sm3};
        let hash: String = Sm3::digest(&table).iter().map(|it| format!("{it:02x}")).collect();
        assert_eq!(hash, it.sm3, "{name}");
        let table: EvidenceTable = serde_json::from_str(&table).expect("a table");
        assert_eq!(table.rows.len(), it.rows as usize);
    }
    let papers = zip.file_names().flatten().filter(|it| it.starts_with("documents/")).count();
    assert_eq!(papers, detail.documents.len());
}

#[test]
#[ignore = "needs LibreOffice and poppler-utils"]
fn libreoffice_opens_every_kind_of_document() {
    let city = stage(&[]);
    let sides = Sides::of(&city.app);
    let case = sides.decided(&code_of(&city, "蓟北水泥"));
    let detail: CaseDetail = sides.inspector.get(&format!("/api/v1/cases/{case}")).read();
    let wanted = ["record", "order", "intended_penalty", "decision", "service_receipt"];
    for kind in wanted {
        let row = detail.documents.iter().find(|it| it.kind.as_str() == kind).expect("a document");
        let path = format!("/api/v1/cases/{case}/documents/{}?format=docx&copy=stub", row.document);
        let file = sides.inspector.get(&path);
        assert_eq!(file.status, 200, "{}", file.text());
        let text = printed(env!("CARGO_TARGET_TMPDIR"), &format!("case-{kind}.docx"), &file.body);
        for part in [row.kind.label(nengce_shared::lang::Lang::Zh), &row.number, "存根", "蓟北水泥"]
        {
            assert!(text.contains(part), "{kind} lacks {part}:\n{text}");
        }
    }
}
