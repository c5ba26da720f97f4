//! The page's sentences, made from its own figures: the answer, subtitles, names of methods and sources.

use nengce_shared::api::common::Scope;
use nengce_shared::api::dual_control::{DualControl, GroupRow, IntensityStatus};
use nengce_shared::api::meta::Meta;
use nengce_shared::lang::Lang;
use nengce_shared::number;
use nengce_shared::projection;
use nengce_shared::warning::WarningLevel;

use crate::data::meta::region_name;
use crate::format::{basis_word, city_tce, incomparable, sign_class, span_short};
use crate::url_state::Comparison;

/// A piece of the answer: words, and whether they are a figure (with its class).
#[derive(Debug, Clone, PartialEq)]
pub enum AnswerPart {
    Words(String),
    Figure(String, &'static str),
}

/// At most this many exceptions are named.
const NAMED: usize = 3;

/// 「1–9月综合能源消费量 4,213.9 万吨标准煤，同比 +2.3%；强度下降 2.7%，比应降少 0.4 个百分点；静海、宁河不降反升。」
pub fn answer(
    data: &DualControl,
    subject: &str,
    previous: Comparison,
    lang: Lang,
) -> Vec<AnswerPart> {
    let words = |text: &str| AnswerPart::Words(text.to_owned());
    let span = span_short(&data.scope.from, &data.scope.to, lang);
    let against = comparison_word(previous, lang);
    let mut out = match lang {
        Lang::Zh => vec![AnswerPart::Words(format!("{subject}{span}综合能源消费量 "))],
        Lang::En if subject.is_empty() => {
            vec![AnswerPart::Words(format!("Comprehensive energy consumption {span}: "))]
        }
        Lang::En => vec![AnswerPart::Words(format!("{subject}, energy consumption {span}: "))],
    };
    out.push(AnswerPart::Figure(city_tce(data.total.value, lang), ""));
    if let Some(index) = data.total.index {
        out.push(AnswerPart::Words(lang.pick("，为对比区的 ", ", of the district's ").to_owned()));
        out.push(AnswerPart::Figure(times(index, lang), ""));
    }
    if data.total.change.is_some() {
        out.push(AnswerPart::Words(format!("{}{against} ", lang.pick("，", ", "))));
        out.push(AnswerPart::Figure(
            number::signed_percent(data.total.change),
            sign_class(data.total.change),
        ));
    }
    if let Some(reason) = incomparable(&data.scope, lang) {
        out.push(AnswerPart::Words(format!("{}{reason}", lang.pick("，", ", "))));
    }
    match previous {
        Comparison::District | Comparison::Peers => {
            out.extend(against_others(&data.intensity, lang))
        }
        _ => out.extend(intensity_parts(&data.intensity, lang)),
    }
    let rising: Vec<&str> = data
        .regions
        .iter()
        .filter(|it| it.warning.level == WarningLevel::Level1)
        .map(|it| short_name(it, lang))
        .collect();
    if data.regions.len() > 1 && !rising.is_empty() {
        let named =
            rising.iter().take(NAMED).copied().collect::<Vec<_>>().join(lang.pick("、", ", "));
        let more = rising.len().saturating_sub(NAMED);
        out.push(AnswerPart::Words(match (lang, more) {
            (Lang::Zh, 0) => format!("；{named}不降反升"),
            (Lang::Zh, _) => format!("；{named}等 {} 区不降反升", rising.len()),
            (Lang::En, 0) => format!("; intensity rose in {named}"),
            (Lang::En, _) => format!("; intensity rose in {named} and {more} more"),
        }));
    }
    out.push(words(lang.pick("。", ".")));
    out
}

/// One size of another: a share up to the double, then how many times.
pub fn times(index: f64, lang: Lang) -> String {
    if index < 2.0 {
        return number::percent(Some(index));
    }
    format!("{}{}", number::grouped(index, 1), lang.pick(" 倍", "×"))
}

/// How the intensity stands to the other district's; what is required is assessed by the year before and not said here.
fn against_others(intensity: &IntensityStatus, lang: Lang) -> Vec<AnswerPart> {
    if let Some(index) = intensity.index {
        let words = lang.pick("；强度为对比区的 ", "; intensity of the district's ");
        return vec![
            AnswerPart::Words(words.to_owned()),
            AnswerPart::Figure(times(index, lang), ""),
        ];
    }
    let change = intensity.change.map(|_| {
        let words = lang.pick("；强度较对比区 ", "; intensity vs district ");
        [
            AnswerPart::Words(words.to_owned()),
            AnswerPart::Figure(
                number::signed_percent(intensity.change),
                sign_class(intensity.change),
            ),
        ]
    });
    change.into_iter().flatten().collect()
}

fn intensity_parts(intensity: &IntensityStatus, lang: Lang) -> Vec<AnswerPart> {
    let Some(change) = intensity.change else {
        return Vec::new();
    };
    let fell = change <= 0.0;
    let mut out = vec![
        AnswerPart::Words(match (lang, fell) {
            (Lang::Zh, true) => "；强度下降 ".to_owned(),
            (Lang::Zh, false) => "；强度上升 ".to_owned(),
            (Lang::En, true) => "; intensity fell ".to_owned(),
            (Lang::En, false) => "; intensity rose ".to_owned(),
        }),
        AnswerPart::Figure(number::percent(Some(change.abs())), if fell { "" } else { "worse" }),
    ];
    let Some(gap) = intensity.gap else { return out };
    let size = number::grouped(gap.abs() * 100.0, 1);
    if size == "0.0" {
        out.push(AnswerPart::Words(lang.pick("，与应降持平", ", as required").to_owned()));
        return out;
    }
    let (before, figure, class) = match (lang, gap > 0.0) {
        (Lang::Zh, true) => ("，比应降少 ", format!("{size} 个百分点"), "worse"),
        (Lang::Zh, false) => ("，比应降多 ", format!("{size} 个百分点"), "better"),
        (Lang::En, true) => (", short of the required fall by ", format!("{size} pp"), "worse"),
        (Lang::En, false) => (", beyond the required fall by ", format!("{size} pp"), "better"),
    };
    out.push(AnswerPart::Words(before.to_owned()));
    out.push(AnswerPart::Figure(figure, class));
    out
}

/// 「静海区」 → 「静海」.
pub fn short_name(row: &GroupRow, lang: Lang) -> &str {
    match lang {
        Lang::Zh => {
            let name = row.name.zh.as_str();
            let short =
                name.strip_suffix("新区").or_else(|| name.strip_suffix('区')).unwrap_or(name);
            if short.chars().count() < 2 { name } else { short }
        }
        Lang::En => row.name.en.as_str(),
    }
}

/// 同比 or 环比: never mixed.
pub fn comparison_word(previous: Comparison, lang: Lang) -> &'static str {
    previous.word(lang)
}

/// The district or the peers whose figures stand beside these; `None` where it is an earlier span.
pub fn compared_district_name(
    data: &DualControl,
    meta: Option<&Meta>,
    lang: Lang,
) -> Option<String> {
    match &data.scope.compare_region {
        Some(code) => Some(region_name(meta, code, lang)),
        None => data.scope.compare_peers.map(|_| lang.pick("同行均值", "Peers").to_owned()),
    }
}

/// What the lines across the bars are.
pub fn line_name(
    data: &DualControl,
    meta: Option<&Meta>,
    previous: Comparison,
    lang: Lang,
) -> String {
    let name = compared_district_name(data, meta, lang).unwrap_or_else(|| {
        match (previous, data.scope.compare_to.get(..4), lang) {
            (Comparison::BaseYear, Some(year), Lang::Zh) => format!("{year}年同期"),
            (Comparison::BaseYear, Some(year), Lang::En) => format!("the same of {year}"),
            (Comparison::Previous, ..) => lang.pick("上一期", "period before").to_owned(),
            _ => lang.pick("上年同期", "a year earlier").to_owned(),
        }
    });
    format!("{}{name}", lang.pick("短线为", "line: "))
}

/// 「等价 · 286 家」: basis and units of the scope.
pub fn basis_and_units(scope: &Scope, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} · {} 家", basis_word(scope.basis, lang), scope.units),
        Lang::En => format!("{} · {} units", basis_word(scope.basis, lang), scope.units),
    }
}

/// The projection's method, named and spelled out; an unknown one by its name on the wire.
pub fn projection_method(word: &str, lang: Lang) -> (String, String) {
    let (short, whole) = match word {
        "remaining_last_year_times_recent_growth" => (
            lang.pick("近三月同比外推", "Recent growth carried on"),
            lang.pick(projection::METHOD_ZH, projection::METHOD_EN),
        ),
        other => (other, other),
    };
    (short.to_owned(), whole.to_owned())
}

/// How the target was spread over months.
pub fn spread_method(word: &str, lang: Lang) -> &str {
    match word {
        "seasonal_last_year" => {
            lang.pick("按上年各月占比分摊", "spread by last year's monthly shares")
        }
        "equal_days" => lang.pick("按日均分摊", "spread evenly over days"),
        other => other,
    }
}

/// What intensity is measured against.
pub fn denominator(word: &str, lang: Lang) -> &str {
    match word {
        "gdp" => lang.pick("地区生产总值", "regional GDP"),
        "unit_value_added" => lang.pick("单位增加值合计", "the units' own value added"),
        _ => lang.pick("缺增加值", "no value added"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> DualControl {
        serde_json::from_str(include_str!("sample.json")).expect("the fixture is an answer")
    }

    fn text(pieces: &[AnswerPart]) -> String {
        pieces
            .iter()
            .map(|it| match it {
                AnswerPart::Words(words) => words.as_str(),
                AnswerPart::Figure(figure, _) => figure.as_str(),
            })
            .collect()
    }

    #[test]
    fn the_answer_is_the_pages_own_figures() {
        let data = sample();
        assert_eq!(
            text(&answer(&data, "", Comparison::Year, Lang::Zh)),
            "1–9月综合能源消费量 4,213.9 万吨标准煤，同比 +2.3%；强度下降 2.7%，比应降少 0.4 个百分点；静海、宁河不降反升。"
        );
        assert_eq!(
            text(&answer(&data, "", Comparison::Year, Lang::En)),
            "Comprehensive energy consumption Jan–Sep 2025: 4,213.9 10⁴ tce, YoY +2.3%; intensity fell 2.7%, short of the required fall by 0.4 pp; intensity rose in Jinghai, Ninghe."
        );
    }

    #[test]
    fn what_is_missing_is_not_said() {
        let mut data = sample();
        data.total.change = None;
        data.intensity.change = None;
        data.regions.clear();
        assert_eq!(
            text(&answer(&data, "静海区", Comparison::Previous, Lang::Zh)),
            "静海区1–9月综合能源消费量 4,213.9 万吨标准煤。"
        );
    }

    #[test]
    fn a_comparison_that_lacks_data_is_not_made() {
        let mut data = sample();
        (data.total.change, data.intensity.change) = (None, None);
        data.scope.comparison_coverage = Some(0.07);
        data.regions.clear();
        assert!(
            text(&answer(&data, "", Comparison::Year, Lang::Zh))
                .ends_with("万吨标准煤，对比期只有 7.0% 的数据，不作比较。")
        );
    }

    #[test]
    fn a_rise_is_called_one_and_the_even_even() {
        let mut data = sample();
        data.regions.clear();
        (data.intensity.change, data.intensity.gap) = (Some(0.011), Some(0.042));
        assert!(
            text(&answer(&data, "", Comparison::Year, Lang::Zh))
                .contains("强度上升 1.1%，比应降少 4.2 个百分点")
        );
        data.intensity.gap = Some(0.0);
        assert!(text(&answer(&data, "", Comparison::Year, Lang::Zh)).contains("与应降持平"));
    }
}
