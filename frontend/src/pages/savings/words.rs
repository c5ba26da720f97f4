//! The words of the savings page: verdicts, problems, reasons for which a month is left out, the method.

use nengce_shared::api::savings::SavingsView;
use nengce_shared::lang::Lang;

use crate::i18n::t;

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
                    "基期只有 {count} 个可用月份，至少需要 {needed} 个：加长基期、补齐数据，或减少影响因素。"
                ),
                Lang::En => format!(
                    "Only {count} months of the baseline can be used, and {needed} are needed: take a longer baseline, complete the data, or use fewer drivers."
                ),
            }
        }
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
pub(super) fn method(lang: Lang) -> &'static str {
    t(
        lang,
        "方法：基期能耗—影响因素模型（GB/T 28750；IPMVP 方案 C），月度最小二乘；节能量 = 报告期产量代入基期模型的能耗 − 实际能耗；区间按学生 t 分布，残差正自相关时加宽。CV(RMSE) ≤ 15%、68% 置信下不确定度 < 50% 的界限引自 ASHRAE 指南 14（未核原文）。",
        "Method: baseline model on what drives the energy (GB/T 28750; IPMVP option C), ordinary least squares over months. Saving = what the model gives for the outputs of the report, less what was used. Intervals by Student's t, widened where residuals follow each other. The bounds CV(RMSE) ≤ 15 % and uncertainty < 50 % at 68 % are those of ASHRAE Guideline 14 (recalled, not checked).",
    )
}
