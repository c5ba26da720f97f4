//! Documents from templates. A template is a text: `# ` begins a title, `## ` the line of the number, `| a | b |` a row,
//! `> ` a line at the right, `---` a rule, anything else a paragraph. `{{ name }}` stands for a value.

use minijinja::{Environment, UndefinedBehavior};
use nengce_shared::api::case_papers::DocumentBlock;
use nengce_shared::case::CaseDocumentKind;
use serde_json::Value;

/// Steps of a template's program at most, so that a loop in it ends.
const MOST_STEPS: u64 = 50_000;

/// Why a template cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateProblem {
    /// The line, from 1; 0 where it is not known.
    pub line: usize,
    /// The reason, in English.
    pub reason: String,
}

/// The template that is built in.
pub const fn built_in(kind: CaseDocumentKind) -> &'static str {
    use CaseDocumentKind as K;
    match kind {
        K::OpeningForm => include_str!("../../data/documents/opening_form.txt"),
        K::InspectionNotice => include_str!("../../data/documents/inspection_notice.txt"),
        K::Record => include_str!("../../data/documents/record.txt"),
        K::Order => include_str!("../../data/documents/order.txt"),
        K::Advice => include_str!("../../data/documents/advice.txt"),
        K::Extension => include_str!("../../data/documents/extension.txt"),
        K::Reinspection => include_str!("../../data/documents/reinspection.txt"),
        K::IntendedPenalty => include_str!("../../data/documents/intended_penalty.txt"),
        K::HearingNotice => include_str!("../../data/documents/hearing_notice.txt"),
        K::LegalReview => include_str!("../../data/documents/legal_review.txt"),
        K::Decision => include_str!("../../data/documents/decision.txt"),
        K::NoPenalty => include_str!("../../data/documents/no_penalty.txt"),
        K::Surcharge => include_str!("../../data/documents/surcharge.txt"),
        K::Revocation => include_str!("../../data/documents/revocation.txt"),
        K::Transfer => include_str!("../../data/documents/transfer.txt"),
        K::ServiceReceipt => include_str!("../../data/documents/service_receipt.txt"),
        K::ClosingReport => include_str!("../../data/documents/closing_report.txt"),
    }
}

/// The blocks that a template makes of values.
///
/// # Errors
/// The template cannot be read, or names a value that there is not.
pub fn render(template: &str, values: &Value) -> Result<Vec<DocumentBlock>, TemplateProblem> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(MOST_STEPS));
    // A value is text: what stands in it never begins a block of its own.
    environment.set_formatter(|out, _, value| {
        let text = if value.is_none() { String::new() } else { value.to_string() };
        let text = text.replace('\n', "\u{2028}").replace('|', "\u{ff5c}");
        out.write_str(&text).map_err(minijinja::Error::from)
    });
    let problem = |error: &minijinja::Error| TemplateProblem {
        line: error.line().unwrap_or(0),
        reason: error.detail().map_or_else(|| error.kind().to_string(), str::to_owned),
    };
    let text = environment
        .render_str(template, minijinja::value::Serde(values))
        .map_err(|it| problem(&it))?;
    Ok(text.lines().filter(|it| !it.trim().is_empty()).map(block).collect())
}

fn block(line: &str) -> DocumentBlock {
    let one = |kind: &str, text: &str| DocumentBlock {
        kind: kind.to_owned(),
        text: vec![text.trim().replace('\u{2028}', "\n")],
    };
    if line.trim() == "---" {
        return DocumentBlock { kind: "line".to_owned(), text: Vec::new() };
    }
    if let Some(row) = line.strip_prefix('|') {
        let row = row.trim_end().strip_suffix('|').unwrap_or(row);
        let cells = row.split('|').map(|it| it.trim().replace('\u{2028}', "\n"));
        return DocumentBlock { kind: "row".to_owned(), text: cells.collect() };
    }
    let kinds = [("## ", "number"), ("# ", "title"), ("> ", "right")];
    let found = kinds.iter().find_map(|(mark, kind)| Some((*kind, line.strip_prefix(mark)?)));
    found.map_or_else(|| one("text", line), |(kind, text)| one(kind, text))
}

/// Digits and places of amounts in words.
const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];
const GROUPS: [&str; 4] = ["", "万", "亿", "万亿"];

/// An amount in yuan as it is written in words on a decision.
pub fn amount_in_words(yuan: f64) -> String {
    let fen = (yuan * 100.0).round().max(0.0) as u64;
    let (whole, rest) = (fen / 100, fen % 100);
    let mut words = whole_in_words(whole);
    words.push('元');
    match (rest / 10, rest % 10) {
        (0, 0) => words.push('整'),
        (jiao, fen) => {
            if jiao > 0 {
                words.extend([DIGITS[jiao as usize], '角']);
            } else if whole > 0 {
                words.push('零');
            }
            if fen > 0 {
                words.extend([DIGITS[fen as usize], '分']);
            }
        }
    }
    words
}

fn whole_in_words(number: u64) -> String {
    if number == 0 {
        return "零".to_owned();
    }
    let digits = number.to_string();
    let (mut words, mut has_gap, mut is_group_empty) = (String::new(), false, true);
    for (at, digit) in digits.bytes().enumerate() {
        let place = digits.len() - 1 - at;
        let digit = usize::from(digit - b'0');
        if digit == 0 {
            has_gap = true;
        } else {
            if has_gap && !words.is_empty() {
                words.push('零');
            }
            has_gap = false;
            is_group_empty = false;
            words.push(DIGITS[digit]);
            words.push_str(PLACES[place % 4]);
        }
        if place.is_multiple_of(4) {
            if !is_group_empty {
                words.push_str(GROUPS[(place / 4).min(3)]);
            }
            is_group_empty = true;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn amounts_are_written_as_on_paper() {
        for (yuan, words) in [
            (170_000.0, "壹拾柒万元整"),
            (30_000.0, "叁万元整"),
            (9_000.0, "玖仟元整"),
            (100_050.0, "壹拾万零伍拾元整"),
            (10_500.55, "壹万零伍佰元伍角伍分"),
            (100_000_001.01, "壹亿零壹元零壹分"),
            (0.0, "零元整"),
        ] {
            assert_eq!(amount_in_words(yuan), words);
        }
    }

    #[test]
    fn lines_become_blocks_and_values_stay_values() {
        let values = json!({"number": "津节监改〔2026〕1号", "text": "# 一\n| 二 |", "none": null});
        let blocks = render(
            "# 通知\n## {{ number }}\n| 事实 | {{ text }} |\n---\n{{ none }}\n> 完",
            &values,
        );
        let blocks = blocks.expect("it renders");
        let kinds: Vec<&str> = blocks.iter().map(|it| it.kind.as_str()).collect();
        assert_eq!(kinds, ["title", "number", "row", "line", "right"]);
        assert_eq!(blocks[2].text, ["事实", "# 一\n｜ 二 ｜"]);
    }

    #[test]
    fn a_name_that_is_not_there_and_an_endless_loop_are_told_with_their_line() {
        let missing = render("# 通知\n{{ nonsense }}", &json!({})).unwrap_err();
        assert_eq!(missing.line, 2);
        assert!(render("{% if %}", &json!({})).is_err());
        let endless =
            "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}";
        assert!(render(endless, &json!({})).is_err());
    }
}
