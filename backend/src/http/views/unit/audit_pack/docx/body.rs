//! The body of the report and its foot notes: title page, list of tables with pages, sections upright and across.

use nengce_shared::api::audit_pack::{AuditPack, PackSheet};

use super::table::table;
use crate::http::content::docx::Report;
use crate::http::content::docx::package::PICTURE;
use crate::http::content::docx::table::ACROSS;
use crate::http::content::docx::text::{paragraph, run, section};
use crate::http::views::unit::audit_pack::layout::{FIGURE, caption, is_landscape, state};

/// English metric units in a twentieth of a point.
const EMU: f64 = 635.0;
/// The ids below are those of the lines above foot notes.
const FIRST_NOTE: usize = 2;

/// Between the numbers of two notes.
const COMMA: &str = r#"<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>,</w:t></w:r>"#;
const NEW_PAGE: &str =
    r#"<w:p><w:pPr><w:pStyle w:val="Small"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>"#;
/// A table with more rows has its pages to itself.
const LONG: usize = 12;

pub(super) fn report(pack: &AuditPack, checks: &PackSheet, picture: Option<(f64, f64)>) -> Report {
    let sheets: Vec<&PackSheet> = pack.sheets.iter().chain([checks]).collect();
    let mut body = title_page(pack);
    body.push_str(&list(&sheets));
    let mut footnotes = String::new();
    let mut notes = FIRST_NOTE;
    let mut across = false;
    body.push_str(&section_end(false));
    for (at, sheet) in sheets.iter().enumerate() {
        let lies = is_landscape(sheet);
        let is_long = |it: &PackSheet| it.rows.len() > LONG;
        if at > 0 && lies != across {
            body.push_str(&section_end(across));
        } else if at > 0 && (is_long(sheet) || is_long(sheets[at - 1]) || sheet.no == FIGURE) {
            body.push_str(NEW_PAGE);
        }
        across = lies;
        if sheet.no == FIGURE
            && let Some(size) = picture
        {
            let words = format!("图 1 {} 年能源流向图（当量值）", pack.year);
            body.push_str(&paragraph("Caption", &run(&words)));
            body.push_str(&drawing(size));
            body.push_str(NEW_PAGE);
        }
        let mut runs = run(&caption(sheet));
        for (place, note) in sheet.notes.iter().enumerate() {
            if place > 0 {
                runs.push_str(COMMA);
            }
            runs.push_str(&format!(
                r#"<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{notes}"/></w:r>"#
            ));
            footnotes.push_str(&footnote(notes, &note.zh));
            notes += 1;
        }
        let mark = format!(
            r#"<w:bookmarkStart w:id="{at}" w:name="table_{at}"/>{runs}<w:bookmarkEnd w:id="{at}"/>"#
        );
        body.push_str(&paragraph("Caption", &mark));
        body.push_str(&table(sheet));
    }
    // Word wants a paragraph after a table.
    body.push_str(&paragraph("Small", ""));
    body.push_str(&section(across));
    Report { body, footnotes }
}

fn title_page(pack: &AuditPack) -> String {
    let lines = [
        pack.name.clone(),
        format!("统一社会信用代码　{}", pack.enterprise_code),
        format!("审计年　{} 年　　对比年　{} 年", pack.year, pack.year - 1),
        format!("编制日　{}　　数据版本　{}", pack.made_on, pack.data_version),
        "由能耗在线监测数据预填；空白格为平台未知，由用能单位填写。".to_owned(),
    ];
    let lines = lines.map(|it| paragraph("Cover", &run(&it)));
    let title = paragraph("Title", &run("能源审计资料包"));
    format!("{title}{}{}", lines.concat(), r#"<w:p><w:r><w:br w:type="page"/></w:r></w:p>"#)
}

/// Each table with its page, which the word processor fills in.
fn list(sheets: &[&PackSheet]) -> String {
    let mut list = paragraph("Heading1", &run("表格目录"));
    for (at, sheet) in sheets.iter().enumerate() {
        let words = run(&format!("{}（{}）", caption(sheet), state(sheet)));
        let page = format!(
            r#"<w:fldSimple w:instr=" PAGEREF table_{at} \h " w:dirty="true"><w:r><w:t xml:space="preserve"> </w:t></w:r></w:fldSimple>"#
        );
        let linked = format!(
            r#"<w:hyperlink w:anchor="table_{at}">{words}<w:r><w:tab/></w:r>{page}</w:hyperlink>"#
        );
        list.push_str(&paragraph("Listed", &linked));
    }
    list
}

fn footnote(id: usize, text: &str) -> String {
    let mark = r#"<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>"#;
    let text = run(&format!(" {text}"));
    let words = paragraph("FootnoteText", &format!("{mark}{text}"));
    format!(r#"<w:footnote w:id="{id}">{words}</w:footnote>"#)
}

/// The paragraph that ends a section; the next one begins a page.
fn section_end(across: bool) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="Small"/>{}</w:pPr></w:p>"#, section(across))
}

/// The picture in a paragraph of its own, as wide as the page.
fn drawing((width, height): (f64, f64)) -> String {
    // Its caption stands on the same page.
    const HIGHEST: f64 = 7_900.0;
    let wide = (ACROSS as f64).min(HIGHEST * width / height);
    let (cx, cy) = ((wide * EMU) as u64, (wide * height / width * EMU) as u64);
    let graphic = format!(
        r#"<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="flow.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{PICTURE}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"#
    );
    format!(
        r#"<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="1" name="能源流向图" descr="能源流向图"/>{graphic}</wp:inline></w:drawing></w:r></w:p>"#
    )
}
