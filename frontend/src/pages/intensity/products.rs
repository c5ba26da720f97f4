//! Unit product consumption of every product on one axis: benchmark = 0, baseline = 1, a dot per unit.

use leptos::prelude::*;
use nengce_charts::comparisons::product_strip::{Product, ProductStrip, Words, locate};
use nengce_charts::scene::palette::Ink;
use nengce_shared::api::intensity::{IntensityView, ProductConsumption};
use nengce_shared::lang::Lang;
use nengce_shared::number;
use nengce_shared::order::by_falling;

use crate::components::chart::{Tip, TipRow};
use crate::components::chart_panel::{ChartPanel, Source};
use crate::components::drill_down::DrillDown;
use crate::export::{Cell, TableData};
use crate::format::{certainty_word, level_figure, unit_words};
use crate::i18n::{t, use_lang};
use crate::load::Load;
use crate::url_state::use_url_state;

#[component]
pub fn ProductsPanel(load: Load<IntensityView>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let title = t(lang, "单位产品能耗与限额", "Unit product consumption and limits");
    let subtitle = t(
        lang,
        "每点一家单位 · 横轴按标杆 = 0、基准 = 1 归一 · 点开对标",
        "A mark per unit · benchmark = 0, baseline = 1 · click to benchmark",
    );
    let note = load.text(move |it| note(it, lang));
    // What is drawn is made of the answer once; the closures of the chart read it from here.
    let list =
        Memo::new(move |_| load.data.with(|it| it.as_deref().map(placed)).unwrap_or_default());
    let strips = Memo::new(move |_| list.with(|it| strips(it, lang)));
    let found = move |row: usize| {
        let (product, point) = strips.with_untracked(|it| locate(it, row))?;
        list.with_untracked(|it| {
            let product = it.get(product)?;
            let unit = &product.points.get(point)?.unit;
            Some((product.code.clone(), unit.enterprise_code.clone()))
        })
    };
    view! {
        <ChartPanel
            source=Source::Request(load)
            title
            subtitle
            note
            class="span-8 wide-8"
            id="products"
            height=240.0
            layout=move |_, width, _| strips.with(|it| {
                ProductStrip { products: it, words: &words(lang) }.scene(width)
            })
            tip=move |_, row| {
                let (product, point) = strips.with(|it| locate(it, row))?;
                list.with(|it| tip(it.get(product)?, point, lang))
            }
            table=move |it| table(it, lang)
            is_empty=Box::new(move |_| list.with(Vec::is_empty))
            empty=t(lang, "所选范围没有报送产量的产品。", "No product with reported output in this scope.")
            on_select=Box::new(move |_, row| {
                if let Some((subject, unit)) = found(row) {
                    let to = format!("/benchmarks/{subject}");
                    url.go(&untrack(|| url.href_with(&to, &[("unit", Some(unit))])));
                }
            })
            drill_down=Box::new(move |_, row| found(row).map(|(_, unit)| DrillDown::of("unit", unit)))
            crosshair=false
        />
    }
}

fn words(lang: Lang) -> Words {
    let word = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    Words {
        name: word("产品 / 工序", "Product"),
        benchmark: word("标杆", "Benchmark"),
        baseline: word("基准", "Baseline"),
        range: word("标杆 – 基准", "Benchmark – baseline"),
        beyond: word("劣于基准", "Beyond"),
        better: word("← 更优", "← better"),
        worse: word("更差 →", "worse →"),
    }
}

/// Products that have a place on the axis, most units first.
fn placed(view: &IntensityView) -> Vec<ProductConsumption> {
    let has_axis = |it: &&ProductConsumption| {
        it.limits.benchmark.zip(it.limits.baseline).is_some_and(|(low, high)| high > low)
    };
    let list: Vec<ProductConsumption> = view.products.iter().filter(has_axis).cloned().collect();
    by_falling(list, |it| it.points.len() as f64)
}

fn strips(list: &[ProductConsumption], lang: Lang) -> Vec<Product> {
    list.iter()
        .map(|it| {
            let limits = &it.limits;
            let (low, high) = (limits.benchmark.unwrap_or(0.0), limits.baseline.unwrap_or(1.0));
            Product {
                name: lang.pick(&it.zh, &it.en).to_owned(),
                benchmark: low,
                baseline: high,
                levels: [limits.level1, limits.level2, limits.level3]
                    .into_iter()
                    .flatten()
                    .collect(),
                values: it.points.iter().map(|it| it.value).collect(),
                range: format!(
                    "{} – {} {}",
                    level_figure(low),
                    level_figure(high),
                    unit_words(&it.unit, lang)
                ),
                beyond: format!("{} / {}", it.beyond_baseline, it.points.len()),
                any_beyond: it.beyond_baseline > 0,
            }
        })
        .collect()
}

fn note(view: &IntensityView, lang: Lang) -> String {
    if view.products.is_empty() {
        return String::new();
    }
    let mut editions: Vec<&str> = Vec::new();
    let mut certainties: Vec<(String, Vec<&str>)> = Vec::new();
    for it in view.products.iter().filter(|it| it.limits.baseline.is_some()) {
        for edition in it.limits.edition.split(';').map(str::trim) {
            if !edition.is_empty() && !editions.contains(&edition) {
                editions.push(edition);
            }
        }
        let word = certainty_word(&it.limits.certainty, lang);
        let name = lang.pick(&it.zh, &it.en);
        match certainties.iter_mut().find(|(known, _)| *known == word) {
            Some((_, names)) => names.push(name),
            None => certainties.push((word, vec![name])),
        }
    }
    let colon = t(lang, "：", ": ");
    let comma = t(lang, "、", ", ");
    let certainty: Vec<String> = match certainties.as_slice() {
        [(word, _)] => vec![word.clone()],
        all => {
            all.iter().map(|(word, names)| format!("{word}{colon}{}", names.join(comma))).collect()
        }
    };
    let left_out: Vec<&str> = view
        .products
        .iter()
        .filter(|it| it.limits.benchmark.is_none() || it.limits.baseline.is_none())
        .map(|it| lang.pick(&it.zh, &it.en))
        .collect();
    let mut parts = Vec::new();
    if !editions.is_empty() {
        parts.push(format!(
            "{}{}",
            t(lang, "标杆、基准与限额：", "Levels: "),
            editions.join(comma)
        ));
        parts.push(certainty.join(t(lang, "；", "; ")));
    }
    parts.push(
        t(
            lang,
            "▲ 劣于基准；虚线为限额 1、2 级，实线为 3 级",
            "▲ beyond the baseline; dotted: limit grades 1 and 2, solid: 3",
        )
        .to_owned(),
    );
    if !left_out.is_empty() {
        let names = left_out.join(comma);
        parts.push(format!(
            "{}{names}",
            t(lang, "无标杆、基准，只列在表中：", "without levels, in the table only: ")
        ));
    }
    parts.join(t(lang, "；", "; "))
}

fn tip(product: &ProductConsumption, point: usize, lang: Lang) -> Option<Tip> {
    let it = product.points.get(point)?;
    let limits = &product.limits;
    let beyond = limits.baseline.is_some_and(|level| it.value > level);
    let gap = limits
        .benchmark
        .filter(|level| *level != 0.0)
        .map(|level| (it.value - level) / level.abs());
    let mut rows = vec![
        TipRow::new(
            Some(if beyond { Ink::Lv1 } else { Ink::Seq6 }),
            lang.pick(&product.zh, &product.en),
            format!("{} {}", number::unit_product(Some(it.value)), unit_words(&product.unit, lang)),
        ),
        TipRow::new(None, t(lang, "较标杆", "Against benchmark"), number::signed_percent(gap)),
    ];
    if beyond {
        rows.push(TipRow::new(
            Some(Ink::Lv1),
            t(lang, "劣于基准", "Beyond the baseline"),
            String::new(),
        ));
    }
    Some(Tip {
        title: it.unit.name.clone(),
        note: lang.pick(&it.unit.region.zh, &it.unit.region.en).to_owned(),
        rows,
    })
}

fn table(view: &IntensityView, lang: Lang) -> TableData {
    let head = [
        t(lang, "产品", "Product"),
        t(lang, "单位", "Unit"),
        t(lang, "区", "District"),
        t(lang, "单位产品能耗", "Unit consumption"),
        t(lang, "计量单位", "In"),
        t(lang, "标杆", "Benchmark"),
        t(lang, "基准", "Baseline"),
        t(lang, "限额 3 级", "Limit grade 3"),
    ];
    let rows = view.products.iter().flat_map(|product| {
        product.points.iter().map(move |it| {
            vec![
                Cell::text(lang.pick(&product.zh, &product.en)),
                Cell::text(it.unit.name.clone()),
                Cell::text(lang.pick(&it.unit.region.zh, &it.unit.region.en)),
                Cell::Figure(Some(it.value), 1),
                Cell::text(unit_words(&product.unit, lang)),
                Cell::Figure(product.limits.benchmark, 1),
                Cell::Figure(product.limits.baseline, 1),
                Cell::Figure(product.limits.level3, 1),
            ]
        })
    });
    TableData { head: head.map(str::to_owned).into(), rows: rows.collect() }
}
