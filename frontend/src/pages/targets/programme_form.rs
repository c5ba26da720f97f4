//! Keeps the ranking on screen as a programme: so many visits, a part of them drawn at random, two inspectors for each.

use gloo_net::http::Method;
use leptos::prelude::*;
use nengce_shared::api::programme::{Programme, ProgrammeRequest};
use nengce_shared::inspection::Fairness;
use nengce_shared::json::FromJson;
use nengce_shared::lang::Lang;
use wasm_bindgen::JsValue;

use crate::components::panel::Panel;
use crate::components::sending::Sending;
use crate::data::api_client::{send, unreadable};
use crate::i18n::{t, use_lang};
use crate::url_state::{push_pair, use_url_state};

#[component]
pub(super) fn ProgrammeForm(visits: Memo<usize>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let [name, cycle, percent, seed, inspectors] =
        ["", "", "10", "", ""].map(|it| RwSignal::new(it.to_owned()));
    let fairness = RwSignal::new(Fairness::None);
    let wrong = RwSignal::new(None::<&'static str>);
    let looked = RwSignal::new(None::<Programme>);
    let sending = Sending::new(Callback::new(|_| ()));
    let make = move |dry_run: bool| {
        let Ok(random_percent) = percent.get_untracked().trim().parse::<f64>() else {
            wrong.set(Some(t(lang, "随机比例应为数字。", "The random part must be a number.")));
            return;
        };
        if name.with_untracked(|it| it.trim().is_empty())
            || cycle.with_untracked(|it| it.trim().is_empty())
        {
            wrong.set(Some(t(lang, "填写名称和周期。", "Fill in name and cycle.")));
            return;
        }
        wrong.set(None);
        let people = inspectors.get_untracked();
        let people = people.split(['\n', '、', ',', '，', ';', '；']).map(str::trim);
        let body = ProgrammeRequest {
            name: name.get_untracked(),
            cycle: cycle.get_untracked(),
            capacity: u32::try_from(visits.get_untracked()).unwrap_or(u32::MAX),
            random_percent,
            fairness: fairness.get_untracked(),
            seed: Some(seed.get_untracked().trim().to_owned()).filter(|it| !it.is_empty()),
            inspectors: people.filter(|it| !it.is_empty()).map(str::to_owned).collect(),
        };
        let mut query = url.selection.get_untracked().api_query();
        push_pair(&mut query, "criteria", url.get("criteria").as_deref());
        push_pair(&mut query, "dry_run", Some(if dry_run { "true" } else { "false" }));
        let Ok(body) = serde_json::to_string(&body) else { return };
        sending.run(async move {
            let path = format!("/api/v1/programmes?{query}");
            let json = send(Method::POST, &path, Some(JsValue::from_str(&body)), lang).await?;
            let made = Programme::from_json(json).map_err(|it| unreadable(&it, lang))?;
            match dry_run {
                // The seed that was looked at is the one that is kept.
                true => {
                    seed.try_set(made.seed.clone());
                    looked.try_set(Some(made));
                }
                false => url.go(&format!("/programmes?programme={}", made.summary.programme_id)),
            }
            Ok(())
        });
    };
    let field = move |of: RwSignal<String>,
                      label: &'static str,
                      hint: &'static str,
                      id: &'static str| {
        view! { <label><span>{label}</span><input class="control" placeholder=hint prop:value=of on:input=move |event| of.set(event_target_value(&event)) data-testid=id /></label> }
    };
    let options = Fairness::ALL
        .iter()
        .map(|it| view! { <option value=it.as_str()>{it.label(lang)}</option> });
    let options = options.collect_view();
    let subtitle = Signal::derive(move || {
        let visits = visits.get();
        match lang {
            Lang::Zh => format!("按上面的条件、准则与可查 {visits} 家；存下后不随数据变化"),
            Lang::En => format!(
                "by the filters, criteria and {visits} visits above; it stays as it is, whatever comes later"
            ),
        }
    });
    view! {
        <Panel id="programme" title=t(lang, "存为监察方案", "Keep as a programme") subtitle note=t(lang, "双随机：随机抽取的单位按 SHA-256(种子:统一社会信用代码) 由小到大取，每家再抽两名监察人员；有种子，谁都能重做一遍。", "Drawn units are the first by SHA-256 of seed:credit code, and two inspectors are drawn for each; with the seed anybody can redo it.")>
            <div class="form-grid">
                {field(name, t(lang, "名称", "Name"), t(lang, "四季度例行监察", "Routine inspection"), "programme-name")}
                {field(cycle, t(lang, "周期", "Cycle"), "2026-Q4", "programme-cycle")}
                {field(percent, t(lang, "随机抽取 %", "Drawn at random, %"), "10", "programme-percent")}
                <label><span>{t(lang, "按得分的名额", "Visits by score")}</span>
                    <select class="control" data-testid="programme-fairness" on:change=move |event| fairness.set(Fairness::parse(&event_target_value(&event)).unwrap_or(Fairness::None))>{options}</select>
                </label>
                {field(seed, t(lang, "种子（可空）", "Seed (may be empty)"), t(lang, "留空则自动生成并记录", "made and recorded when empty"), "programme-seed")}
            </div>
            <label class="reason-field">
                <span>{t(lang, "监察人员（一行一人，可空）", "Inspectors (one a line, may be empty)")}</span>
                <textarea class="control" rows="2" prop:value=inspectors on:input=move |event| inspectors.set(event_target_value(&event)) data-testid="programme-inspectors"></textarea>
            </label>
            <p class="lv1-text" role="alert">{move || wrong.get()}</p>
            {sending.problem()}
            <p role="status" data-testid="programme-look">{move || looked.with(|it| it.as_ref().map(|it| look(it, lang)))}</p>
            <div class="actions">
                <button type="button" class="control" disabled=sending.busy on:click=move |_| make(true) data-testid="look-programme">{t(lang, "先看一遍", "Look first")}</button>
                <button type="button" class="control primary" disabled=sending.busy on:click=move |_| make(false) data-testid="keep-programme">{t(lang, "存为方案", "Keep it")}</button>
                <a class="control" href="/programmes">{t(lang, "全部方案", "All programmes")}</a>
            </div>
        </Panel>
    }
}

/// 「按得分 36 家，随机抽取 4 家：海沽特种钢、…」
fn look(it: &Programme, lang: Lang) -> String {
    let names = |how: nengce_shared::inspection::HowChosen| {
        let of = it.visits.iter().filter(|it| it.how == how).map(|it| it.unit.name.as_str());
        of.collect::<Vec<_>>().join(lang.pick("、", ", "))
    };
    use nengce_shared::inspection::HowChosen as How;
    let (score, draw) = (it.summary.by_score, it.summary.by_draw);
    match lang {
        Lang::Zh => format!(
            "按得分 {score} 家：{}。随机抽取 {draw} 家：{}。",
            names(How::Score),
            names(How::Draw)
        ),
        Lang::En => {
            format!("{score} by score: {}. {draw} drawn: {}.", names(How::Score), names(How::Draw))
        }
    }
}
