//! A panel's tools: table instead of chart, export of what is shown, enlarge.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::PanelContent;
use crate::components::menu::{Menu, MenuItem};
use crate::data::api_client::ApiError;
use crate::data::meta::use_meta;
use crate::export::period::{ExportScope, local_date, use_covered_period};
use crate::export::save::download;
use crate::export::source::source;
use crate::export::{Caption, csv, png, server_file};
use crate::i18n::{t, use_lang};
use crate::style::icons::Icon;
use crate::style::theme::use_theme;
use crate::url_state::use_url_state;

#[component]
pub fn Tools(
    content: PanelContent,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] subtitle: Signal<String>,
) -> impl IntoView {
    let lang = use_lang();
    let (url, meta, period) = (use_url_state(), use_meta(), use_covered_period());
    let theme = use_theme();
    let narrower = use_context::<ExportScope>();
    let page = move || {
        let whole = document().title();
        let page = whole.rsplit_once(" · ").map_or(whole.as_str(), |(page, _)| page).to_owned();
        (page != title.get_untracked()).then_some(page)
    };
    let caption = move || Caption {
        page: page(),
        title: title.get_untracked(),
        subtitle: subtitle.get_untracked(),
        filters: untrack(|| {
            if let Some(it) = narrower {
                return it.0.get();
            }
            let (period, meta) = (period.get(), meta.get());
            crate::components::filter_bar::words(
                &url.selection.get(),
                period,
                meta.as_deref(),
                lang,
            )
        }),
        source: untrack(|| {
            let exported = t(lang, "导出", "Exported");
            format!("{} · {exported} {}", source(meta, lang), local_date())
        }),
    };
    let save_csv = move || {
        if let Some(table) = content.table.get_untracked() {
            let caption = caption();
            let text = csv::text(&caption, &table.get_untracked());
            download(&caption.file_name("csv"), "text/csv;charset=utf-8", text.as_bytes());
        }
    };
    let failed = RwSignal::new(None::<ApiError>);
    let save_by_server = move |format: &'static str| {
        let Some(table) = content.table.get_untracked() else {
            return;
        };
        let caption = caption();
        let table = server_file::table(&caption, &table.get_untracked());
        let name = caption.file_name(format);
        failed.set(None);
        spawn_local(async move {
            match server_file::fetch(format, &table, lang).await {
                Ok(bytes) => download(&name, "application/octet-stream", &bytes),
                Err(error) => {
                    failed.try_set(Some(error));
                }
            }
        });
    };
    let save_png = move || {
        if let Some(scene) = content.scene.get_untracked() {
            let legend = content.legend.get_untracked();
            let legend = legend.map_or_else(Vec::new, |it| it.get_untracked());
            if let Some(palette) = untrack(|| theme.print.palette()) {
                png::export(&caption(), legend, &scene, &palette);
            }
        }
    };
    let has_chart = move || content.scene.with(Option::is_some);
    let has_table = move || content.table.with(Option::is_some);
    view! {
        <div class="panel-tools">
            {move || failed.get().map(|it| view! { <span class="lv1-text" role="alert">{it.detail.unwrap_or(it.title)}</span> })}
            <Show when=move || has_chart() && has_table()>
                <button
                    type="button"
                    class="tool"
                    aria-pressed=move || content.as_table.get().to_string()
                    aria-label=t(lang, "以表格显示", "Show as table")
                    title=t(lang, "以表格显示（T）", "Show as table (T)")
                    on:click=move |_| content.as_table.update(|it| *it = !*it)
                >
                    {move || if content.as_table.get() { Icon::Chart.view() } else { Icon::Table.view() }}
                </button>
            </Show>
            <Show when=has_table>
                <Menu button=|| Icon::Download.view() label=t(lang, "导出", "Export") class="tool" right=true>
                    <MenuItem text="CSV" on_select=save_csv />
                    <MenuItem text="XLSX" on_select=move || save_by_server("xlsx") />
                    <MenuItem text="Parquet" on_select=move || save_by_server("parquet") />
                    <Show when=has_chart>
                        <MenuItem text="PNG" on_select=save_png />
                    </Show>
                </Menu>
            </Show>
            <button
                type="button"
                class="tool"
                aria-pressed=move || content.enlarged.get().to_string()
                aria-label=t(lang, "放大", "Enlarge")
                title=t(lang, "放大", "Enlarge")
                on:click=move |_| content.enlarged.update(|it| *it = !*it)
            >
                {move || if content.enlarged.get() { Icon::Shrink.view() } else { Icon::Enlarge.view() }}
            </button>
        </div>
    }
}
