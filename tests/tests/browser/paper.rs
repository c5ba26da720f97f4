//! Every page as a printed report, read from the PDF: few sheets, none of them loose, the scope and the data version at
//! the foot of each, heads of tables on every sheet they reach, nothing printed on something else.

use nengce_tests::support::browser::Browser;
use nengce_tests::support::pdf::{Sheet, sheets};

use super::stage::{pages, stage};

/// Characters above which a sheet is not loose, its foot not counted.
const LEAST_TEXT: usize = 60;

/// The most sheets of each page of the small city.
fn most(page: &str) -> usize {
    match page {
        "dual-control" => 6,
        "intensity" | "unit" => 7,
        "quality" => 5,
        _ => 3,
    }
}

fn print(browser: &Browser, name: &str) -> Vec<Sheet> {
    sheets(&browser.pdf(name))
}

#[test]
fn every_page_prints_as_a_report() {
    let stage = stage();
    let mut found = Vec::new();
    for lang in ["zh", "en"] {
        for (name, path) in pages(&stage) {
            let browser = stage.visit(&format!("{path}?lang={lang}"));
            let title = browser.text("h1");
            let printed = print(&browser, &format!("{name}-{lang}"));
            let mut say = |what: String| found.push(format!("{name} {lang}: {what}"));
            if !(1..=most(name)).contains(&printed.len()) {
                say(format!("{} sheets, at most {}", printed.len(), most(name)));
            }
            for (at, sheet) in printed.iter().enumerate() {
                let number = format!("{}/{}", at + 1, printed.len());
                let version = if lang == "zh" { "数据版本" } else { "Data version" };
                for part in [title.as_str(), version, number.as_str()] {
                    if !sheet.says(part) {
                        say(format!("no {part:?} at the foot of sheet {number}"));
                    }
                }
                let body: usize = sheet.runs.iter().map(|it| it.text.chars().count()).sum();
                let foot = sheet
                    .runs
                    .iter()
                    .filter(|it| it.y > foot_top())
                    .map(|it| it.text.chars().count());
                if sheet.images == 0 && body - foot.sum::<usize>() < LEAST_TEXT {
                    say(format!("sheet {number} is loose: {}", sheet.text()));
                }
                for (a, b) in sheet.overlaps().into_iter().take(3) {
                    say(format!("sheet {number}: {a:?} stands on {b:?}"));
                }
            }
        }
    }
    assert!(found.is_empty(), "on paper:\n  {}", found.join("\n  "));
}

/// A4 landscape is 794 px high, its margin at the foot 14 mm.
fn foot_top() -> f64 {
    794.0 - 14.0 / 25.4 * 96.0
}

#[test]
fn the_head_of_a_table_stands_on_every_sheet_that_it_reaches() {
    let stage = stage();
    let browser = stage.visit("/quality");
    browser.wait("all('#quality-rules tbody tr').length > 10");
    let rules = browser.value("all('#quality-rules tbody tr').map(it => text(it.cells[0]))");
    let rules: Vec<&str> =
        rules.as_array().expect("rules").iter().filter_map(|it| it.as_str()).collect();
    let (mut reached, mut counts) = (0, Vec::new());
    for (at, sheet) in print(&browser, "quality-rules").iter().enumerate() {
        let rows = rules.iter().filter(|it| sheet.says(it)).count();
        counts.push(rows);
        // A finding names its rule too; several rules on one sheet are the table.
        if rows > 4 {
            reached += 1;
            assert!(sheet.says("判据"), "sheet {}: {}", at + 1, sheet.text());
        }
    }
    assert!(reached >= 1, "rules on each sheet: {counts:?} of {rules:?}");
}

#[test]
fn charts_take_the_measure_of_the_paper_and_give_it_back() {
    let stage = stage();
    let browser = stage.visit("/dual-control");
    let width = || browser.value("document.querySelector('#months canvas').clientWidth").as_u64();
    let before = width();
    browser.run("dispatchEvent(new Event('beforeprint'))");
    browser.wait("document.querySelector('#months canvas').clientWidth > 900");
    browser.run("dispatchEvent(new Event('afterprint'))");
    browser.wait("!document.documentElement.hasAttribute('data-paper')");
    browser.wait(&format!(
        "document.querySelector('#months canvas').clientWidth === {}",
        before.unwrap_or_default()
    ));
}
