//! One programme: what it was made from, its visits with inspectors and reasons, its files, and its withdrawal.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::programme::{Programme, ProgrammeVisit, ProgrammeWithdrawal};
use nengce_shared::inspection::HowChosen;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use crate::components::panel::Panel;
use crate::components::sending::Sending;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub(super) fn DetailPanel(data: Signal<Arc<Programme>>, changed: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let url = use_url_state();
    let rows = Memo::new(move |_| data.with(|it| it.visits.clone()));
    let title = Signal::derive(move || {
        data.with(|it| format!("{}（{}）", it.summary.name, it.summary.cycle))
    });
    let made = move || data.with(|it| made_from(it, lang));
    let file = move |format: &'static str, label: &'static str| {
        let href = move || {
            let id = data.with(|it| it.summary.programme_id);
            format!("/api/v1/programmes/{id}?format={format}&lang={}", lang.as_str())
        };
        view! { <a class="control" href=href rel="external" download data-testid=format!("programme-{format}")>{label}</a> }
    };
    let question = move || data.with(|it| format!("/targets?{}", it.question));
    let columns = vec![
        Column::new(t(lang, "位次", "Rank"), |it: &ProgrammeVisit| {
            Cell::Figure(it.rank.map(f64::from), 0)
        })
        .number()
        .sort_number(|it| it.rank.map(f64::from)),
        Column::new(t(lang, "单位", "Unit"), |it: &ProgrammeVisit| {
            Cell::text(it.unit.name.clone())
        })
        .in_narrow()
        .show(move |it| {
            let path = format!("/units/{}", it.unit.enterprise_code);
            view! { <a href=move || url.href(&path)>{it.unit.name.clone()}</a> }
        }),
        Column::new(t(lang, "区", "District"), move |it: &ProgrammeVisit| {
            Cell::text(lang.pick(&it.unit.region.zh, &it.unit.region.en))
        })
        .sort_text(|it| it.unit.region.code.clone()),
        Column::new(t(lang, "产生方式", "Chosen"), move |it: &ProgrammeVisit| {
            Cell::text(it.how.label(lang))
        })
        .in_narrow()
        .show(move |it| {
            let hash = (it.how == HowChosen::Draw).then(|| it.draw_hash.clone());
            view! { <span class="tag" title=hash>{it.how.label(lang)}</span> }
        }),
        Column::new(t(lang, "分", "Score"), |it: &ProgrammeVisit| Cell::Figure(Some(it.score), 1))
            .number()
            .in_narrow()
            .sort_number(|it| Some(it.score)),
        Column::new(t(lang, "监察人员", "Inspectors"), move |it: &ProgrammeVisit| {
            Cell::text(it.inspectors.join(t(lang, "、", ", ")))
        }),
        Column::new(
            t(lang, "理由与依据", "Reasons and evidence"),
            move |it: &ProgrammeVisit| Cell::text(lang.pick(&it.sentence_zh, &it.sentence_en)),
        )
        .class("sentence"),
    ];
    view! {
        <Panel id="visits" title subtitle=Signal::derive(made)>
            <p class="note">{move || data.with(|it| draw_words(it, lang))}" "<a href=question>{t(lang, "按此条件看现在的排序", "The ranking of today by these filters")}</a></p>
            <p class="actions">
                {file("xlsx", t(lang, "下载 XLSX", "Download XLSX"))}
                {file("docx", t(lang, "下载 DOCX", "Download DOCX"))}
                <button type="button" class="control" on:click=move |_| { window().print().ok(); }>{t(lang, "打印", "Print")}</button>
            </p>
            <DataTable label=title columns rows key=|it: &ProgrammeVisit| it.unit.enterprise_code.clone() empty=t(lang, "没有单位。", "No unit.") />
            <Withdraw data changed />
        </Panel>
    }
}

/// 「王某 2026-11-27 编制 · 数据版本 812 · 可查 40 家：按得分 36，随机 4」
fn made_from(it: &Programme, lang: Lang) -> String {
    let of = &it.summary;
    match lang {
        Lang::Zh => format!(
            "{} {} 编制 · 数据 {} 至 {}，版本 {} · 可查 {} 家：按得分 {}，随机 {}",
            of.made_by,
            of.made_at,
            it.from,
            it.to,
            it.data_version,
            of.capacity,
            of.by_score,
            of.by_draw
        ),
        Lang::En => format!(
            "made by {} on {} · figures from {} to {}, version {} · {} visits: {} by score, {} drawn",
            of.made_by,
            of.made_at,
            it.from,
            it.to,
            it.data_version,
            of.capacity,
            of.by_score,
            of.by_draw
        ),
    }
}

fn draw_words(it: &Programme, lang: Lang) -> String {
    let (seed, percent) = (&it.seed, number::parameter(it.random_percent));
    let fairness = it.fairness.label(lang);
    match lang {
        Lang::Zh => format!("得分名额：{fairness}；随机 {percent}%；种子 {seed}。"),
        Lang::En => format!("Visits by score: {fairness}; {percent} % at random; seed {seed}."),
    }
}

/// A programme that stands is withdrawn with a reason; nothing of it is deleted.
#[component]
fn Withdraw(data: Signal<Arc<Programme>>, changed: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let reason = RwSignal::new(String::new());
    let sending = Sending::new(Callback::new(move |_| {
        reason.set(String::new());
        changed.run(());
    }));
    let withdraw = move |_| {
        let id = data.with_untracked(|it| it.summary.programme_id);
        let body = ProgrammeWithdrawal { reason: reason.get_untracked() };
        let path = format!("/api/v1/programmes/{id}/withdraw");
        sending.post(path, serde_json::to_string(&body), lang);
    };
    let stands = move || data.with(|it| it.summary.withdrawn.is_none());
    let has_reason = move || reason.with(|it| !it.trim().is_empty());
    view! {
        <Show when=stands>
            <div class="form-line">
                <label><span>{t(lang, "撤回的原因", "Why it is withdrawn")}</span><input class="control" maxlength="1000" prop:value=reason on:input=move |event| reason.set(event_target_value(&event)) data-testid="programme-reason" /></label>
                <button type="button" class="control" disabled=move || sending.busy.get() || !has_reason() on:click=withdraw data-testid="withdraw-programme">{t(lang, "撤回方案", "Withdraw")}</button>
            </div>
            {sending.problem()}
        </Show>
    }
}
