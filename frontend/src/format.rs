//! Figures and periods as text for the page. The digits come from `nengce_shared::number`, nowhere else.

use nengce_shared::api::common::Scope;
use nengce_shared::basis::Basis;
use nengce_shared::certainty::Certainty;
use nengce_shared::lang::Lang;
use nengce_shared::number;
use nengce_shared::quality::COMPLETENESS_THRESHOLD;

use crate::day::Day;

/// City and district energy in sentences: 「4,213.9 万吨标准煤」.
pub fn city_tce(tce: Option<f64>, lang: Lang) -> String {
    format!("{} {}", number::ten_thousand_tce(tce), lang.pick("万吨标准煤", "10⁴ tce"))
}

/// Why there is no change: 「对比期只有 7% 的数据，不作比较」; nothing where the figures can be compared.
pub fn incomparable(scope: &Scope, lang: Lang) -> Option<String> {
    let coverage = scope.comparison_coverage.filter(|it| *it < COMPLETENESS_THRESHOLD)?;
    let share = number::percent(Some(coverage));
    Some(match lang {
        Lang::Zh => format!("对比期只有 {share} 的数据，不作比较"),
        Lang::En => format!("not compared: the comparison period has {share} of the data"),
    })
}

/// The unit of city and district energy in labels.
pub fn city_unit(lang: Lang) -> &'static str {
    lang.pick("万tce", "10⁴ tce")
}

/// tce as 10⁴ tce, the figure of a chart.
pub fn ten_thousands(tce: f64) -> f64 {
    tce / 10_000.0
}

/// A difference of city energy: `+19.2`, in 10⁴ tce.
pub fn signed_city(tce: Option<f64>) -> String {
    tce.map_or_else(|| number::MISSING.to_owned(), |it| number::signed(it / 10_000.0, 1))
}

/// A change's class: worse above, better below, plain at (rounded) zero or unknown.
pub fn sign_class(change: Option<f64>) -> &'static str {
    match change {
        Some(it) if it >= 0.0005 => "worse",
        Some(it) if it <= -0.0005 => "better",
        _ => "",
    }
}

/// 「等价」 or 「equivalent」 as it stands in subtitles.
pub fn basis_word(basis: Basis, lang: Lang) -> String {
    match lang {
        Lang::Zh => basis.label(lang).to_owned(),
        Lang::En => format!("{} basis", basis.label(lang).to_ascii_lowercase()),
    }
}

/// A span in words: 「2025年1–9月」, 「2025年」, 「2025-10-01 至 10-18」.
pub fn span(from: &str, to: &str, lang: Lang) -> String {
    let (Some(a), Some(b)) = (Day::read(from), Day::read(to)) else {
        return format!("{from} – {to}");
    };
    if a.day != 1 || !b.is_month_end() {
        return match lang {
            Lang::Zh => format!("{from} 至 {to}"),
            Lang::En => format!("{from} to {to}"),
        };
    }
    match lang {
        Lang::Zh if a.year == b.year && a.month == 1 && b.month == 12 => format!("{}年", a.year),
        Lang::Zh if a.year == b.year && a.month == b.month => format!("{}年{}月", a.year, a.month),
        Lang::Zh if a.year == b.year => format!("{}年{}–{}月", a.year, a.month, b.month),
        Lang::Zh => format!("{}年{}月–{}年{}月", a.year, a.month, b.year, b.month),
        Lang::En if a.year == b.year && a.month == 1 && b.month == 12 => a.year.to_string(),
        Lang::En if a.year == b.year && a.month == b.month => {
            format!("{} {}", month_short(a.month, lang), a.year)
        }
        Lang::En if a.year == b.year => {
            format!("{}–{} {}", month_short(a.month, lang), month_short(b.month, lang), a.year)
        }
        Lang::En => format!(
            "{} {} – {} {}",
            month_short(a.month, lang),
            a.year,
            month_short(b.month, lang),
            b.year
        ),
    }
}

/// A span of one year without the year: 「1–9月」; otherwise as `span`.
pub fn span_short(from: &str, to: &str, lang: Lang) -> String {
    let whole = span(from, to, lang);
    match lang {
        Lang::Zh => whole
            .split_once('年')
            .filter(|(_, rest)| rest.ends_with('月') && !rest.contains('年'))
            .map_or(whole.clone(), |(_, rest)| rest.to_owned()),
        Lang::En => whole,
    }
}

/// `2025-06` → 「2025年6月」 / `Jun 2025`.
pub fn month_long(period: &str, lang: Lang) -> String {
    let Some((year, month)) = year_month(period) else {
        return period.to_owned();
    };
    match lang {
        Lang::Zh => format!("{year}年{month}月"),
        Lang::En => format!("{} {year}", month_short(month, lang)),
    }
}

/// 6 → 「6月」 / `Jun`.
pub fn month_short(month: u8, lang: Lang) -> String {
    const EN: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    match lang {
        Lang::Zh => format!("{month}月"),
        Lang::En => EN.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or("").to_owned(),
    }
}

/// Year and month of a period that starts `YYYY-MM`.
pub fn year_month(period: &str) -> Option<(i32, u8)> {
    let (year, rest) = period.split_once('-')?;
    Some((year.parse().ok()?, rest.get(..2)?.parse().ok()?))
}

/// `2025-10-18 01:38:20` → `10-18 01:38`.
pub fn time_short(time: &str) -> &str {
    time.get(5..16).unwrap_or(time)
}

/// A device id as its last four characters, whoever looks: `…7f3a`; as it is where the server has shortened it.
pub fn id_end(id: &str) -> String {
    if id.starts_with('…') {
        return id.to_owned();
    }
    let skipped = id.chars().count().saturating_sub(4);
    std::iter::once('…').chain(id.chars().skip(skipped)).collect()
}

/// Who sent something: a device by the end of its id, files and systems (`import:FILE`, `bulk:NAME`) by name.
pub fn sender(sent_by: &str) -> String {
    if sent_by.is_empty() || sent_by.contains(':') { sent_by.to_owned() } else { id_end(sent_by) }
}

/// What an upload brought.
pub fn upload_kind(word: &str, lang: Lang) -> &'static str {
    match word {
        "energy" => lang.pick("采集数据", "data"),
        "config" => lang.pick("配置", "configuration"),
        "metering" => lang.pick("计量器具", "meters"),
        "manual" => lang.pick("手工填报", "by hand"),
        _ => lang.pick("文件导入", "import"),
    }
}

/// A company's name without its legal form, for labels in charts.
pub fn short_name(name: &str) -> String {
    let mut short = name.trim();
    for form in ["股份有限公司", "有限责任公司", "有限公司", "公司"] {
        if let Some(rest) = short.strip_suffix(form).filter(|it| it.chars().count() >= 2) {
            short = rest;
            break;
        }
    }
    short.to_owned()
}

/// An industry's name without the words that all industries share in English.
pub fn brief_industry(name: &str) -> String {
    let Some(rest) = name.strip_prefix("Manufacture of ") else {
        return name.to_owned();
    };
    let mut letters = rest.chars();
    letters.next().map_or_else(String::new, |it| {
        std::iter::once(it.to_ascii_uppercase()).chain(letters).collect()
    })
}

/// A dictionary's unit in the page's language: `kgce/weight case` → 「kgce/重箱」.
pub fn unit_words(unit: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => unit
            .replace("weight case", "重箱")
            .replace("10^4 yuan", "万元")
            .replace("10^4", "10⁴")
            .replace("m3", "m³")
            .replace("t*factor", "t·能量因数"),
        Lang::En => unit.replace("10^4", "10⁴").replace("m3", "m³").replace('*', "·"),
    }
}

/// A published level: as many decimals as it was published with, at most two.
pub fn level_figure(level: f64) -> String {
    let whole = |it: f64| (it - it.round()).abs() < 1e-6;
    let decimals = if whole(level) {
        0
    } else if whole(level * 10.0) {
        1
    } else {
        2
    };
    number::grouped(level, decimals)
}

/// The word for how sure a dictionary's row is.
pub fn certainty_word(word: &str, lang: Lang) -> String {
    Certainty::of_column(word).label(lang).to_owned()
}

/// Energy in the unit that suits its size: 10⁴ tce from 10,000 tce on, else tce.
pub fn sized_tce(tce: f64, lang: Lang) -> (String, &'static str) {
    if tce.abs() >= 1e4 {
        (number::ten_thousand_tce(Some(tce)), city_unit(lang))
    } else {
        (number::unit_tce(Some(tce)), "tce")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_as_a_bulletin_writes_them() {
        for (from, to, zh, en) in [
            ("2025-01-01", "2025-09-30", "2025年1–9月", "Jan–Sep 2025"),
            ("2025-01-01", "2025-12-31", "2025年", "2025"),
            ("2024-02-01", "2024-02-29", "2024年2月", "Feb 2024"),
            ("2024-11-01", "2025-02-28", "2024年11月–2025年2月", "Nov 2024 – Feb 2025"),
            ("2025-10-01", "2025-10-18", "2025-10-01 至 2025-10-18", "2025-10-01 to 2025-10-18"),
        ] {
            assert_eq!(span(from, to, Lang::Zh), zh);
            assert_eq!(span(from, to, Lang::En), en);
        }
        assert_eq!(span_short("2025-01-01", "2025-09-30", Lang::Zh), "1–9月");
        assert_eq!(span_short("2024-11-01", "2025-02-28", Lang::Zh), "2024年11月–2025年2月");
    }

    #[test]
    fn names_units_and_levels_are_short() {
        assert_eq!(short_name("津澜钢铁集团有限公司"), "津澜钢铁集团");
        assert_eq!(short_name("能源公司"), "能源");
        assert_eq!(brief_industry("Manufacture of medicines"), "Medicines");
        assert_eq!(brief_industry("Water transport"), "Water transport");
        assert_eq!(unit_words("kgce/weight case", Lang::Zh), "kgce/重箱");
        assert_eq!(unit_words("tce/10^4 yuan", Lang::En), "tce/10⁴ yuan");
        assert_eq!(level_figure(361.0), "361");
        assert_eq!(level_figure(-9.5), "−9.5");
        assert_eq!(sized_tce(155_000.0, Lang::En), ("15.5".to_owned(), "10⁴ tce"));
        assert_eq!(sized_tce(980.0, Lang::Zh), ("980".to_owned(), "tce"));
    }

    #[test]
    fn ids_show_their_end_alone() {
        assert_eq!(id_end("0123456789abcdef0123456789ab7f3a"), "…7f3a");
        assert_eq!(id_end("…7f3a"), "…7f3a");
        assert_eq!(id_end(""), "…");
        assert_eq!(sender("0123456789abcdef0123456789ab7f3a"), "…7f3a");
        assert_eq!(sender("import:2025.csv"), "import:2025.csv");
    }

    #[test]
    fn a_change_that_rounds_to_zero_has_no_colour() {
        assert_eq!(sign_class(Some(0.0004)), "");
        assert_eq!(sign_class(Some(0.023)), "worse");
        assert_eq!(sign_class(Some(-0.027)), "better");
        assert_eq!(sign_class(None), "");
    }
}
