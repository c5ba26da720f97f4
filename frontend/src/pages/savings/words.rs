//! The words of the savings page: verdicts, problems, reasons for which a month is left out, the method.

use nengce_shared::api::savings::SavingsView;
use nengce_shared::lang::Lang;

use crate::i18n::t;

/// Whether the model is one of days.
pub(super) fn is_daily(view: &SavingsView) -> bool {
    view.model == "day"
}

/// 「24 个月」 or 「365 日」, as the model counts.
pub(super) fn observations(
    view: &SavingsView,
    count: impl std::fmt::Display,
    lang: Lang,
) -> String {
    let unit = match is_daily(view) {
        true => t(lang, "日", "days"),
        false => t(lang, "个月", "months"),
    };
    format!("{count} {unit}")
}

/// What a daily model of the whole unit does not know.
pub(super) fn items_left_out(view: &SavingsView, lang: Lang) -> String {
    let codes = view.items_left_out.join(lang.pick("、", ", "));
    match (codes.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("这些采集项只有月值，按日模型不含其能耗：{codes}。"),
        (false, Lang::En) => format!(
            "These items have values of months alone, and the daily model lacks their energy: {codes}."
        ),
    }
}

/// What the figures allow to say.
pub(super) fn verdict(code: &str, lang: Lang) -> &'static str {
    match code {
        "saving" => t(lang, "数据足以证明节能", "the data show a saving"),
        "increase" => t(lang, "用能高于模型预期", "more was used than the model expects"),
        "model_unfit" => t(
            lang,
            "模型不足以说明基期，不能据此下结论",
            "the model does not explain the baseline well enough for a conclusion",
        ),
        _ => t(lang, "低于数据所能证明的下限", "below what the data can show"),
    }
}

/// Why there are no figures, and what to do.
pub(super) fn problem(view: &SavingsView, lang: Lang) -> String {
    let count =
        view.months.iter().filter(|it| it.part == "baseline" && it.left_out.is_none()).count();
    match view.problem.as_deref() {
        Some("baseline_too_short") => {
            let needed = view.needed_months.unwrap_or_default();
            match lang {
                Lang::Zh => format!(
                    "基期只有 {} 可用，至少需要 {needed}：加长基期、补齐数据，或减少影响因素。",
                    observations(view, count, lang)
                ),
                Lang::En => format!(
                    "Only {} of the baseline can be used, and {needed} are needed: take a longer baseline, complete the data, or use fewer drivers.",
                    observations(view, count, lang)
                ),
            }
        }
        Some("too_few_independent") => t(
            lang,
            "基期各日的误差前后相关，独立的日数太少，不足以说明问题：加长基期，或加入使能耗变化的因素。",
            "The errors of the baseline's days follow each other, so that too few days are independent: take a longer baseline, or add what drives the energy.",
        )
        .to_owned(),
        Some("driver_says_nothing") => {
            let code = view.wrong_driver.clone().unwrap_or_default();
            let driver = view.drivers.iter().find(|it| it.code == code);
            let name = driver.map_or(code, |it| lang.pick(&it.name.zh, &it.name.en).to_owned());
            match lang {
                Lang::Zh => format!("“{name}”在基期内不变化，或与其他因素同步变化，请去掉它。"),
                Lang::En => format!(
                    "“{name}” does not move within the baseline, or moves as another driver does: take it out."
                ),
            }
        }
        Some(_) => t(
            lang,
            "改造之后还没有可用的整月数据。",
            "No whole month after the works has data yet.",
        )
        .to_owned(),
        None => String::new(),
    }
}

/// Why a month does not count.
pub(super) fn left_out(code: &str, lang: Lang) -> &'static str {
    match code {
        "no_energy" => t(lang, "没有能耗", "no energy"),
        "incomplete" => t(lang, "收数率不足九成", "less than 90 % received"),
        "no_temperatures" => t(lang, "缺气温", "temperatures are missing"),
        _ => t(lang, "没有产量", "no output"),
    }
}

/// The part of a month.
pub(super) fn part(code: &str, lang: Lang) -> &'static str {
    match code {
        "baseline" => t(lang, "基期", "baseline"),
        "works" => t(lang, "改造期", "works"),
        _ => t(lang, "报告期", "report"),
    }
}

/// What is known of the weather; nothing is taken for granted where nothing was imported.
pub(super) fn weather(view: &SavingsView, lang: Lang) -> String {
    let (all, missing) = (view.months.len(), view.months_without_weather as usize);
    if is_daily(view) && missing < all {
        return match lang {
            Lang::Zh => format!(
                "{all} 日中 {missing} 日没有气温；采暖、空调的平衡点温度由基期数据逐度搜索得到，模型不用度日数时不需气温。节假日与调休不作区分。"
            ),
            Lang::En => format!(
                "{missing} of {all} days have no temperature. The balance points of heating and cooling are searched degree by degree; a model without degree days needs no temperature. Public holidays are not told from other days."
            ),
        };
    }
    if missing >= all {
        return t(
            lang,
            "没有导入本地气温，模型不计采暖和空调：有采暖、空调负荷的单位应使基期和报告期都为整年。",
            "No temperatures of this place are imported, so that the model knows neither heating nor cooling: a unit that heats or cools needs a baseline and a report of whole years.",
        )
        .to_owned();
    }
    match (missing, lang) {
        (0, Lang::Zh) => "气温已导入：采暖度日数以 18 °C、空调度日数以 26 °C 为基准。".to_owned(),
        (0, Lang::En) => "Temperatures are imported: heating degree days have a base of 18 °C, cooling degree days one of 26 °C.".to_owned(),
        (_, Lang::Zh) => format!("{all} 个月中有 {missing} 个月气温不全；选用度日数时，这些月份不计入。"),
        (_, Lang::En) => format!("{missing} of {all} months lack temperatures; with degree days as drivers they do not count."),
    }
}

/// How the figures come about, with the sources.
pub(super) fn method(is_daily: bool, lang: Lang) -> &'static str {
    if is_daily {
        return t(
            lang,
            "方法：按日最小二乘，影响因素为日产量、周末与度日数，平衡点温度逐度搜索（CalTRACK 按日方法的做法，引述未核原文）；残差自相关时按有效独立日数 n(1−ρ)/(1+ρ) 加宽区间（ASHRAE 指南 14，引述）；基期至少 328 个可用日。CV(RMSE) ≤ 25% 引自加州计量节能规则手册（未核原文）。",
            "Method: ordinary least squares over days, on outputs by day, the weekend and degree days, whose balance points are searched degree by degree (the way of CalTRACK's daily method, recalled). Where residuals follow each other, the intervals count n(1−ρ)/(1+ρ) independent days (ASHRAE Guideline 14, recalled). The baseline needs 328 days. CV(RMSE) ≤ 25 % is the bound of California's rulebook on normalised metered consumption (recalled, not checked).",
        );
    }
    t(
        lang,
        "方法：基期能耗—影响因素模型（GB/T 28750；IPMVP 方案 C），月度最小二乘；节能量 = 报告期产量代入基期模型的能耗 − 实际能耗；区间按学生 t 分布，残差正自相关时加宽。CV(RMSE) ≤ 15%、68% 置信下不确定度 < 50% 的界限引自 ASHRAE 指南 14（未核原文）。",
        "Method: baseline model on what drives the energy (GB/T 28750; IPMVP option C), ordinary least squares over months. Saving = what the model gives for the outputs of the report, less what was used. Intervals by Student's t, widened where residuals follow each other. The bounds CV(RMSE) ≤ 15 % and uncertainty < 50 % at 68 % are those of ASHRAE Guideline 14 (recalled, not checked).",
    )
}
