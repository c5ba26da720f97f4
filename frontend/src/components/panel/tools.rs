//! A panel's tools: table instead of chart, export of what is shown, enlarge.

use leptos::prelude::*;

use super::PanelContent;
use crate::components::menu::{Menu, MenuItem};
use crate::data::meta::use_meta;
use crate::export::period::{ExportScope, local_date, use_covered_period};
use crate::export::save::{download, file_name};
use crate::export::source::source;
use crate::export::{Caption, csv, parquet, png, xlsx};
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
    let caption = move || Caption {
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
            let text = csv::text(&caption(), &table.get_untracked());
            download(
                &file_name(&title.get_untracked(), "csv"),
                "text/csv;charset=utf-8",
                text.as_bytes(),
            );
        }
    };
    let save_xlsx = move || {
        if let Some(table) = content.table.get_untracked() {
            let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            let bytes = xlsx::bytes(&caption(), &table.get_untracked());
            download(&file_name(&title.get_untracked(), "xlsx"), kind, &bytes);
        }
    };
    let save_parquet = move || {
        if let Some(table) = content.table.get_untracked() {
            let bytes = parquet::bytes(&caption(), &table.get_untracked());
            let name = file_name(&title.get_untracked(), "parquet");
            download(&name, nengce_shared::parquet::MEDIA, &bytes);
        }
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
                    <MenuItem text="XLSX" on_select=save_xlsx />
                    <MenuItem text="Parquet" on_select=save_parquet />
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
