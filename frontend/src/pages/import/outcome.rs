//! A commit under way, and what became of it: counts, the upload's record, the unit's page, the refused rows as a file.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::imports::{ImportJob, ImportProblem};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::flow::Flow;
use super::words::remedy;
use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::data::api_client::{ApiError, get_file};
use crate::export::Cell;
use crate::export::save::download;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub fn OutcomePanel(flow: Flow) -> impl IntoView {
    let lang = use_lang();
    let job = move || flow.job.get();
    let title = move || match job().map(|it| it.state.clone()).as_deref() {
        Some("done") => t(lang, "导入完成", "Imported"),
        Some("failed") => t(lang, "导入失败", "The import failed"),
        _ => t(lang, "正在导入", "Importing"),
    };
    let subtitle = move || job().map(|it| it.file.clone()).unwrap_or_default();
    let problems = Memo::new(move |_| {
        flow.job.with(|it| it.as_ref().map_or_else(Vec::new, |it| it.problems.clone()))
    });
    view! {
        <Panel id="outcome" class="apart" title=Signal::derive(move || title().to_owned()) subtitle=Signal::derive(subtitle)>
            <div aria-live="polite">
                {move || job().map(|it| progress(&it, lang))}
                {move || job().map(|it| counts(&it, lang))}
                {move || job().and_then(|it| it.error.clone()).map(|it| view! {
                    <p class="lv1-text" role="alert">{lang.pick(&it.reason_zh, &it.reason_en).to_owned()}" "<span class="note">{it.code}</span></p>
                })}
            </div>
            {move || job().filter(|it| it.state != "running").map(|it| view! { <Links flow job=it /> })}
            <Show when=move || problems.with(|it| !it.is_empty())>
                <DataTable
                    label=t(lang, "退回的行", "Refused rows")
                    columns=columns(lang)
                    rows=problems
                    key=|it: &ImportProblem| format!("{}-{}", it.place, it.field)
                />
            </Show>
        </Panel>
    }
}

fn progress(job: &ImportJob, lang: Lang) -> impl IntoView + use<> {
    let share = match job.rows_total {
        0 => 0.0,
        all => f64::from(job.rows_done) / f64::from(all),
    };
    let words = format!(
        "{} / {} {}",
        number::grouped(job.rows_done.into(), 0),
        number::grouped(job.rows_total.into(), 0),
        t(lang, "行", "rows")
    );
    view! {
        <div
            class="progress"
            role="progressbar"
            aria-label=t(lang, "进度", "Progress")
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=format!("{:.0}", share * 100.0)
            aria-valuetext=words.clone()
        >
            <i style:width=format!("{:.1}%", share * 100.0)></i>
        </div>
        <p class="note">{words}</p>
    }
}

fn counts(job: &ImportJob, lang: Lang) -> impl IntoView + use<> {
    let cells = [
        ("stored", t(lang, "新存", "stored"), job.stored),
        ("unchanged", t(lang, "未变", "unchanged"), job.unchanged),
        ("replaced", t(lang, "替换", "replaced"), job.replaced),
        (
            "awaiting_approval",
            t(lang, "待批准的替换", "replacements to approve"),
            job.awaiting_approval,
        ),
        ("rejected", t(lang, "退回的行", "rows refused"), job.rejected),
        ("created", t(lang, "新建单位", "units created"), job.created_units),
    ];
    let cells = cells
        .into_iter()
        .filter(|(id, _, count)| *count > 0 || matches!(*id, "stored" | "unchanged" | "replaced" | "rejected"))
        .map(|(id, words, count)| {
            view! {
                <li>
                    <b data-figure=format!("job-{id}") class:lv1-text={id == "rejected" && count != 0}>{number::grouped(count.into(), 0)}</b>
                    " "<span class="note">{words}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="counts">{cells}</ul> }
}

#[component]
fn Links(flow: Flow, job: Arc<ImportJob>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let failed = RwSignal::new(None::<ApiError>);
    let unit = flow.mapping.with_untracked(|it| it.unit.clone());
    let unit = unit.filter(|_| job.stored + job.unchanged + job.replaced > 0).map(|code| {
        let path = format!("/units/{code}");
        view! { <a class="control" href=move || url.href(&path)>{t(lang, "看单位", "The unit's page")}</a> }
    });
    let uploads = job.upload_ids.last().copied().map(|id| {
        view! {
            <a class="control" href=move || url.href_with("/uploads", &[("upload", Some(id.to_string())), ("kind", Some("import".to_owned()))])>
                {t(lang, "看上报记录", "The upload's record")}
            </a>
        }
    });
    let refused = job.rejected_file.clone().map(|path| {
        let stem = job.file.rsplit_once('.').map_or(job.file.as_str(), |it| it.0);
        let extension = match job.file.to_lowercase() {
            it if [".xlsx", ".xls", ".htm", ".html"].iter().any(|end| it.ends_with(end)) => "xlsx",
            _ => "csv",
        };
        let name = format!("{stem}.{}.{extension}", t(lang, "退回", "refused"));
        let fetch = move |_| {
            let (path, name) = (path.clone(), name.clone());
            leptos::task::spawn_local(async move {
                match get_file(&path, lang).await {
                    Ok(bytes) => download(&name, "application/octet-stream", &bytes),
                    Err(error) => {
                        failed.try_set(Some(error));
                    }
                }
            });
        };
        view! { <button type="button" class="control primary" data-testid="refused-file" on:click=fetch>{t(lang, "下载退回的行", "Download the refused rows")}</button> }
    });
    view! {
        <p class="actions">{refused}{uploads}{unit}</p>
        {move || failed.get().map(|it| view! { <p class="lv1-text" role="alert">{it.title}</p> })}
    }
}

fn columns(lang: Lang) -> Vec<Column<ImportProblem>> {
    vec![
        Column::new(t(lang, "位置", "Place"), |it: &ImportProblem| Cell::text(it.place.clone()))
            .in_narrow(),
        Column::new(t(lang, "列", "Column"), |it: &ImportProblem| Cell::text(it.field.clone()))
            .in_narrow(),
        Column::new(t(lang, "原因", "Reason"), move |it: &ImportProblem| {
            Cell::text(lang.pick(&it.reason_zh, &it.reason_en))
        })
        .class("sentence")
        .in_narrow(),
        Column::new(t(lang, "怎么办", "What to do"), move |it: &ImportProblem| {
            Cell::text(remedy(&it.code, lang))
        })
        .class("sentence"),
    ]
}
