//! A programme as a document: what it was made from, and its visits with their evidence.

use nengce_shared::api::programme::{Programme, ProgrammeVisit};
use nengce_shared::lang::Lang;
use nengce_shared::number::{grouped, plain};

use crate::http::content::docx::table::DocxTable;
use crate::http::content::docx::text::{paragraph, run, section};
use crate::http::content::docx::{Report, package};

/// The whole file.
pub(super) fn bytes(it: &Programme, lang: Lang) -> zip::result::ZipResult<Vec<u8>> {
    let mut body = paragraph("Heading2", &run(&title(it, lang)));
    for line in lines(it, lang) {
        body.push_str(&paragraph("Body", &run(&line)));
    }
    body.push_str(&table(it, lang).xml());
    // Word wants a paragraph after a table.
    body.push_str(&paragraph("Small", ""));
    body.push_str(&section(true));
    package::bytes(&Report { body, footnotes: String::new() }, None)
}

fn title(it: &Programme, lang: Lang) -> String {
    let (name, cycle) = (&it.summary.name, &it.summary.cycle);
    match lang {
        Lang::Zh => format!("{name}（{cycle}）监察对象名单"),
        Lang::En => format!("{name} ({cycle}): units to inspect"),
    }
}

/// How the list came about, so that it can be defended and made again.
fn lines(it: &Programme, lang: Lang) -> Vec<String> {
    let of = &it.summary;
    let percent = plain(it.random_percent, 1);
    let mut lines = match lang {
        Lang::Zh => vec![
            format!(
                "编制：{}　{}　数据版本 {}　数据时段 {} 至 {}",
                of.made_by, of.made_at, it.data_version, it.from, it.to
            ),
            format!(
                "可监察 {} 家；按得分 {} 家（{}），随机抽取 {} 家（{percent}%）。",
                of.capacity,
                of.by_score,
                it.fairness.label(lang),
                of.by_draw
            ),
            format!(
                "抽取种子 {}：每家单位按 SHA-256(种子:统一社会信用代码) 由小到大排序，可重做。",
                it.seed
            ),
            format!("条件与准则：{}", if it.question.is_empty() { "默认" } else { &it.question }),
        ],
        Lang::En => vec![
            format!(
                "Made by {} on {}, data version {}, figures from {} to {}",
                of.made_by, of.made_at, it.data_version, it.from, it.to
            ),
            format!(
                "{} visits: {} by score ({}), {} drawn at random ({percent} %).",
                of.capacity,
                of.by_score,
                it.fairness.label(lang),
                of.by_draw
            ),
            format!(
                "Seed {}: units are ordered by SHA-256 of seed:credit code, which anybody can redo.",
                it.seed
            ),
            format!(
                "Filters and criteria: {}",
                if it.question.is_empty() { "the usual ones" } else { &it.question }
            ),
        ],
    };
    if let Some(gone) = &of.withdrawn {
        lines.push(match lang {
            Lang::Zh => format!("已撤回：{} {}，{}", gone.at, gone.by, gone.reason),
            Lang::En => format!("Withdrawn by {} on {}: {}", gone.by, gone.at, gone.reason),
        });
    }
    lines
}

fn table(it: &Programme, lang: Lang) -> DocxTable {
    let head = match lang {
        Lang::Zh => ["序", "单位", "信用代码", "区", "产生方式", "得分", "监察人员", "理由与依据"],
        Lang::En => [
            "No.",
            "Unit",
            "Credit code",
            "District",
            "Chosen",
            "Score",
            "Inspectors",
            "Reasons and evidence",
        ],
    };
    let row = |(at, visit): (usize, &ProgrammeVisit)| {
        let left = |text: &str| (text.to_owned(), "left");
        vec![
            ((at + 1).to_string(), "right"),
            left(&visit.unit.name),
            left(&visit.unit.enterprise_code),
            left(lang.pick(&visit.unit.region.zh, &visit.unit.region.en)),
            left(visit.how.label(lang)),
            (grouped(visit.score, 1), "right"),
            left(&visit.inspectors.join(lang.pick("、", ", "))),
            left(lang.pick(&visit.sentence_zh, &visit.sentence_en)),
        ]
    };
    DocxTable {
        widths: vec![4, 17, 22, 8, 9, 6, 14, 49],
        head: head.map(str::to_owned).to_vec(),
        rows: it.visits.iter().enumerate().map(row).collect(),
        across: true,
        small: false,
        form_lines: 0,
    }
}
