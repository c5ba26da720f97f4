//! One project: what was signed and what the last repetition gives beside it, its history, and what can be done.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::savings::{SavingsProject, SavingsStep, SavingsView};
use nengce_shared::lang::Lang;
use nengce_shared::number;
use nengce_shared::submission::Side;

use super::{moment, state, steps};
use crate::components::panel::Panel;
use crate::components::states::Loaded;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::pages::savings::words;
use crate::url_state::use_url_state;

#[component]
pub(super) fn Detail(code: Memo<String>, id: String, changed: Callback<()>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let path = move |id: &str| format!("/api/v1/units/{}/savings-projects/{id}", code.get());
    let address = id.clone();
    let load = use_load::<SavingsProject>(move || Some(path(&address)));
    let done = Callback::new(move |()| {
        load.retry();
        changed.run(());
    });
    let title = Signal::derive(move || {
        let name = load.data.with(|it| it.as_ref().map(|it| it.project.name.clone()));
        name.unwrap_or_else(|| t(lang, "节能项目", "Savings project").to_owned())
    });
    let open = move || {
        load.data.with(|it| {
            let it = it.as_ref()?;
            let code = &it.result.enterprise_code;
            Some(format!(
                "/units/{code}/savings?{}&project={}",
                it.project.question, it.project.project_id
            ))
        })
    };
    view! {
        <Panel id="savings-project" class="apart" title>
            <Loaded load height=240 let:data>
                {move || data.with(|it| facts(it, lang))}
                {move || data.with(|it| repetition(it, lang))}
                <steps::Steps data done />
                {move || data.with(|it| history(&it.steps, lang))}
                <p class="actions">
                    <a class="control" href=open>{t(lang, "打开核算条件", "Open what was asked")}</a>
                    <button type="button" class="control" on:click=move |_| { window().print().ok(); }>{t(lang, "打印", "Print")}</button>
                    <button type="button" class="control" on:click=move |_| url.set(&[("project", None)])>{t(lang, "关闭", "Close")}</button>
                </p>
            </Loaded>
        </Panel>
    }
}

/// 「1,234.5 ± 310.0 tce」
fn saving(it: &SavingsView) -> String {
    it.outcome.as_ref().map_or_else(
        || number::MISSING.to_owned(),
        |it| {
            format!(
                "{} ± {} tce",
                number::grouped(it.saved, 1),
                number::grouped(it.half_width_90, 1)
            )
        },
    )
}

fn facts(it: &Arc<SavingsProject>, lang: Lang) -> impl IntoView + use<> {
    let (project, result) = (&it.project, &it.result);
    let missing = || number::MISSING.to_owned();
    let text = |it: &str| if it.is_empty() { missing() } else { it.to_owned() };
    let used = result.drivers.iter().filter(|it| it.used);
    let drivers: Vec<&str> = used.map(|it| lang.pick(&it.name.zh, &it.name.en)).collect();
    let outcome = &project.outcome;
    let quality = format!(
        "CV(RMSE) {} · NMBE {}",
        number::percent(Some(outcome.cv_rmse)),
        number::percent(Some(outcome.nmbe))
    );
    let items = result.items.iter().filter(|it| it.used);
    let items: Vec<String> = items
        .map(|it| format!("{} {}", lang.pick(&it.name.zh, &it.name.en), it.name.code))
        .collect();
    let items = match items.is_empty() {
        true => t(lang, "全单位", "the whole unit").to_owned(),
        false => items.join(lang.pick("、", ", ")),
    };
    let quality = match words::is_daily(result) {
        true => format!("{} · {quality}", t(lang, "按日", "daily")),
        false => format!("{} · {quality}", t(lang, "按月", "monthly")),
    };
    let months = match lang {
        Lang::Zh => format!(
            "改造 {} – {}，基期前 {} 个月，核算至 {}",
            result.works_from, result.works_to, result.baseline_months, result.until
        ),
        Lang::En => format!(
            "works {} – {}, baseline of {} months before, report until {}",
            result.works_from, result.works_to, result.baseline_months, result.until
        ),
    };
    let lines = [
        (t(lang, "状态", "State"), state(project, lang).to_owned()),
        (t(lang, "节能量（90% 置信）", "Saving (at 90 %)"), saving(result)),
        (t(lang, "结论", "Verdict"), words::verdict(&outcome.verdict, lang).to_owned()),
        (t(lang, "模型", "Model"), quality),
        (t(lang, "时段", "Months"), months),
        (t(lang, "采集项", "Items"), items),
        (t(lang, "影响因素", "Drivers"), text(&drivers.join(lang.pick("、", ", ")))),
        (t(lang, "改造的计量点", "Meters"), text(&project.meters.join(lang.pick("、", ", ")))),
        (t(lang, "说明", "Note"), text(&project.note)),
        (
            t(lang, "建立", "Made"),
            moment(&Some(project.made_by.clone()), &Some(project.made_at.clone())),
        ),
        (t(lang, "签署", "Signed"), moment(&project.signed_by, &project.signed_at)),
        (t(lang, "数据版本", "Data version"), project.data_version.to_string()),
        (t(lang, "输入数据 SM3", "SM3 of the input"), project.input_hash.clone()),
    ];
    let lines =
        lines.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> });
    view! { <dl class="facts">{lines.collect_view()}</dl> }
}

/// What the last repetition says, with both figures where they differ.
fn repetition(it: &Arc<SavingsProject>, lang: Lang) -> Option<AnyView> {
    let redone = it.redone.as_ref()?;
    let by = moment(&it.project.redone_by, &it.project.redone_at);
    if it.project.redone_same == Some(true) {
        let text = match lang {
            Lang::Zh => format!("复算一致：{by} 由现存读数得到同样的结果。"),
            Lang::En => format!("Same figures: {by} computed them again from the stored readings."),
        };
        return Some(view! { <p data-testid="redone">{text}</p> }.into_any());
    }
    let (before, now) = (saving(&it.result), saving(redone));
    let months = it.changed_months.join(lang.pick("、", ", "));
    let why = match (months.is_empty(), lang) {
        (false, Lang::Zh) => format!("这些时段的数据在签署后变了：{months}。"),
        (false, Lang::En) => {
            format!("The data of these months or days have changed since: {months}.")
        }
        (true, Lang::Zh) => "输入数据未变，计算方法变了。".to_owned(),
        (true, Lang::En) => "The input is the same; the way of computing has changed.".to_owned(),
    };
    let text = match lang {
        Lang::Zh => format!("复算不同（{by}）：签署时 {before}，现在 {now}。{why}"),
        Lang::En => format!("Other figures ({by}): {before} when it was signed, {now} now. {why}"),
    };
    Some(view! { <p class="lv2-text" data-testid="redone">{text}</p> }.into_any())
}

fn history(all: &[SavingsStep], lang: Lang) -> impl IntoView + use<> {
    let line = |it: &SavingsStep| {
        let step = match (it.step.as_str(), it.is_same) {
            ("computed", _) => t(lang, "核算", "computed"),
            ("signed", _) => t(lang, "签署", "signed"),
            ("withdrawn", _) => t(lang, "撤回", "withdrawn"),
            (_, Some(true)) => t(lang, "复算一致", "redone, same figures"),
            _ => t(lang, "复算不同", "redone, other figures"),
        };
        let side = match it.side {
            Side::Unit => t(lang, "单位", "unit"),
            _ => t(lang, "主管部门", "authority"),
        };
        let text = format!("{} {} · {} · {step} {}", it.happened_at, it.author, side, it.text);
        view! { <li>{text}</li> }
    };
    let lines = all.iter().map(line).collect_view();
    view! { <ol class="note" data-testid="project-steps">{lines}</ol> }
}
