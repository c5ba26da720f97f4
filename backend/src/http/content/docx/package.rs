//! The parts of the file beside its body, and the package that holds them (ECMA-376).

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::Report;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

pub fn bytes(report: &Report, picture: Option<Vec<u8>>) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: &str, content: &[u8]| -> zip::result::ZipResult<()> {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(content)?;
        Ok(())
    };
    let body = &report.body;
    let document = format!(
        r#"{HEAD}<w:document xmlns:w="{MAIN}" xmlns:r="{RELATIONS}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>{body}</w:body></w:document>"#
    );
    let rule = |id: u8, kind: &str, mark: &str| {
        format!(
            r#"<w:footnote w:type="{kind}" w:id="{id}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:{mark}/></w:r></w:p></w:footnote>"#
        )
    };
    let (line, more) = (
        rule(0, "separator", "separator"),
        rule(1, "continuationSeparator", "continuationSeparator"),
    );
    let notes = format!(
        r#"{HEAD}<w:footnotes xmlns:w="{MAIN}">{line}{more}{}</w:footnotes>"#,
        report.footnotes
    );
    part("[Content_Types].xml", content_types().as_bytes())?;
    part("_rels/.rels", relations(&[("officeDocument", "word/document.xml")]).as_bytes())?;
    part("word/document.xml", document.as_bytes())?;
    part("word/styles.xml", styles().as_bytes())?;
    part("word/settings.xml", settings().as_bytes())?;
    part("word/footnotes.xml", notes.as_bytes())?;
    part("word/footer1.xml", footer().as_bytes())?;
    let mut targets = vec![
        ("styles", "styles.xml"),
        ("settings", "settings.xml"),
        ("footnotes", "footnotes.xml"),
        ("footer", "footer1.xml"),
    ];
    if let Some(png) = picture {
        part("word/media/flow.png", &png)?;
        targets.push(("image", "media/flow.png"));
    }
    part("word/_rels/document.xml.rels", relations(&targets).as_bytes())?;
    Ok(zip.finish()?.into_inner())
}

/// The ids of the relations are `rId1`, `rId2`, … in their order.
fn relations(targets: &[(&str, &str)]) -> String {
    let rows = (1..).zip(targets).map(|(id, (kind, target))| {
        format!(r#"<Relationship Id="rId{id}" Type="{RELATIONS}/{kind}" Target="{target}"/>"#)
    });
    let rows: String = rows.collect();
    format!(r#"{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>"#)
}

/// The relations of the footer and of the picture.
pub const FOOTER: &str = "rId4";
pub const PICTURE: &str = "rId5";

fn content_types() -> String {
    let parts = [
        ("document", "document.main"),
        ("styles", "styles"),
        ("settings", "settings"),
        ("footnotes", "footnotes"),
        ("footer1", "footer"),
    ];
    let parts = parts.map(|(name, kind)| {
        format!(r#"<Override PartName="/word/{name}.xml" ContentType="{TYPE}.{kind}+xml"/>"#)
    });
    format!(
        r#"{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>{}</Types>"#,
        parts.concat()
    )
}

fn settings() -> String {
    format!(
        r#"{HEAD}<w:settings xmlns:w="{MAIN}"><w:footnotePr><w:footnote w:id="0"/><w:footnote w:id="1"/></w:footnotePr></w:settings>"#
    )
}

fn field(name: &str) -> String {
    format!(r#"<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>"#)
}

fn footer() -> String {
    let (page, pages) = (field("PAGE"), field("NUMPAGES"));
    let text = |it: &str| format!(r#"<w:r><w:t xml:space="preserve">{it}</w:t></w:r>"#);
    let (a, b, c) = (text("第 "), text(" 页　共 "), text(" 页"));
    format!(
        r#"{HEAD}<w:ftr xmlns:w="{MAIN}"><w:p><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="center"/></w:pPr>{a}{page}{b}{pages}{c}</w:p></w:ftr>"#
    )
}

/// Body in 宋体, heads in 黑体, Latin letters and digits in Times New Roman. Sizes in half points.
fn styles() -> String {
    let fonts = |it: &str| {
        format!(
            r#"<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="{it}"/>"#
        )
    };
    let (song, hei) = (fonts("宋体"), fonts("黑体"));
    let size = |it: u8| format!(r#"<w:sz w:val="{it}"/><w:szCs w:val="{it}"/>"#);
    let style = |id: &str, name: &str, paragraph: &str, run: &str| {
        format!(
            r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"#
        )
    };
    let centred = r#"<w:jc w:val="center"/>"#;
    let all = [
        style(
            "Title",
            "Title",
            &format!(r#"<w:spacing w:before="3600" w:after="1200"/>{centred}"#),
            &format!("{hei}{}", size(52)),
        ),
        style(
            "Cover",
            "Cover",
            &format!(r#"<w:spacing w:before="120" w:after="120"/>{centred}"#),
            &size(28),
        ),
        style(
            "Heading1",
            "heading 1",
            &format!(
                r#"<w:keepNext/><w:spacing w:before="240" w:after="200"/>{centred}<w:outlineLvl w:val="0"/>"#
            ),
            &format!("{hei}{}", size(32)),
        ),
        style(
            "Caption",
            "caption",
            &format!(
                r#"<w:keepNext/><w:spacing w:before="320" w:after="100"/>{centred}<w:outlineLvl w:val="1"/>"#
            ),
            &format!("{hei}{}", size(24)),
        ),
        style(
            "Listed",
            "table of figures",
            r#"<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9070"/></w:tabs><w:spacing w:after="40"/>"#,
            &size(21),
        ),
        style(
            "Heading2",
            "heading 2",
            &format!(
                r#"<w:keepNext/><w:spacing w:before="240" w:after="240"/>{centred}<w:outlineLvl w:val="0"/>"#
            ),
            &format!("{hei}{}", size(36)),
        ),
        style(
            "Body",
            "Body Text",
            r#"<w:spacing w:after="80" w:line="360" w:lineRule="auto"/>"#,
            &size(24),
        ),
        style("Cell", "Cell", r#"<w:spacing w:before="10" w:after="10"/>"#, &size(18)),
        style("Small", "Small cell", "", &size(15)),
        style("Footer", "footer", "", &size(18)),
        style(
            "FootnoteText",
            "footnote text",
            r#"<w:snapToGrid w:val="0"/><w:spacing w:after="20"/>"#,
            &size(16),
        ),
    ];
    format!(
        r#"{HEAD}<w:styles xmlns:w="{MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>{song}{}<w:lang w:val="zh-CN" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>{}</w:styles>"#,
        size(21),
        all.concat()
    )
}
