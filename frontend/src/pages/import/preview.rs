//! The file as it would be read: counts, sums per data item, and its rows with every problem marked at its cell.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::imports::{ImportPreview, ImportSeries, PreviewProblem, PreviewRow};
use nengce_shared::basis::Basis;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::flow::{Busy, Flow};
use super::words::remedy;
use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::format::{basis_word, unit_words};
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub fn PreviewPanel(flow: Flow, preview: Arc<ImportPreview>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let basis = url.selection.with_untracked(|it| it.basis);
    let only_bad = RwSignal::new(preview.rows_bad > 0);
    let bad = preview.rows_bad;
    let all = preview.rows.clone();
    let rows = Memo::new(move |_| {
        let wanted = |it: &&PreviewRow| !only_bad.get() || !it.problems.is_empty();
        all.iter().filter(wanted).cloned().collect::<Vec<_>>()
    });
    let subtitle = match lang {
        Lang::Zh => format!("{} · 尚未入库", preview.file),
        Lang::En => format!("{} · nothing is stored yet", preview.file),
    };
    let note = if preview.more_bad_rows {
        t(
            lang,
            "有问题的行太多，这里只列出前一部分；提交后可下载全部。",
            "More rows have problems than are shown; all of them can be downloaded after the commit.",
        )
    } else {
        ""
    };
    // A row may hold good values beside a bad cell.
    let good = preview.rows_good.max(preview.readings.min(1));
    let rows_good = preview.rows_good;
    let values = match preview.kind.as_str() {
        "readings" | "records" => preview.readings,
        _ => 0,
    };
    let stale = move || flow.fresh().is_none();
    let blocked = move || stale() || good == 0 || flow.busy.get().is_some();
    let commit = move || match (flow.busy.get(), lang) {
        (Some(Busy::Committing), _) => t(lang, "正在提交…", "Committing…").to_owned(),
        (_, Lang::Zh) if values > 0 => format!("提交 {} 个值", number::grouped(values.into(), 0)),
        (_, Lang::En) if values > 0 => {
            format!("Commit {} values", number::grouped(values.into(), 0))
        }
        (_, Lang::Zh) => format!("提交 {} 行", number::grouped(rows_good.into(), 0)),
        (_, Lang::En) => format!("Commit {} rows", number::grouped(rows_good.into(), 0)),
    };
    let hint = move || {
        if stale() {
            t(lang, "含义已改，先重新预览。", "The mapping has changed: preview again first.")
        } else if good == 0 {
            t(lang, "没有一行可以入库。", "No row can be stored.")
        } else if bad > 0 {
            t(
                lang,
                "有问题的单元格不入库，提交后连同原因退回；同行其他值照常入库。",
                "Cells with problems are not stored; they come back with their reasons. The rest of their rows is stored.",
            )
        } else {
            ""
        }
    };
    let series = preview.series.clone();
    let moved = moved(&preview, lang);
    let uncounted = uncounted(&preview, lang);
    view! {
        <Panel id="preview" class="apart" title=t(lang, "预览", "Preview") subtitle note=note>
            {figures(&preview, lang)}
            {notes(&preview, lang)}
            <p class="actions">
                <button type="button" class="control primary" data-testid="commit" disabled=blocked on:click=move |_| flow.commit()>{commit}</button>
                <span class="note">{hint}</span>
            </p>
            {(!series.is_empty()).then(|| view! {
                <DataTable
                    label=t(lang, "各列合计", "Sums by column")
                    columns=sums(lang, basis)
                    rows=Signal::stored(series)
                    key=|it: &ImportSeries| it.data_code.clone()
                />
            })}
            {uncounted.map(|text| view! { <p class="note" data-testid="uncounted">{text}</p> })}
            {moved.map(|text| view! { <p class="note" data-testid="moved">{text}</p> })}
            <div class="chips inline">
                <Show when=move || { bad > 0 }>
                    <button type="button" class="chip" data-testid="only-bad" aria-pressed=move || only_bad.get().to_string() on:click=move |_| only_bad.update(|it| *it = !*it)>
                        {t(lang, "只看有问题的行", "Only rows with problems")}
                    </button>
                </Show>
            </div>
            <DataTable
                label=t(lang, "文件的行", "Rows of the file")
                columns=columns(&preview, lang)
                rows
                key=|it: &PreviewRow| it.line.to_string()
                empty=t(lang, "文件里没有数据行。", "The file has no rows.")
            />
        </Panel>
    }
}

/// Years' values that will not count, in words.
fn uncounted(preview: &ImportPreview, lang: Lang) -> Option<String> {
    let count: u32 = preview.series.iter().map(|it| it.not_counted).sum();
    (count > 0).then(|| match lang {
        Lang::Zh => format!("{count} 个年值已有更细的数据，只用于核对，不计入合计。"),
        Lang::En => format!(
            "{count} years' values have finer data: they are kept and compared, and do not count."
        ),
    })
}

/// Stamps that were not the start of their period, in words, with one of them.
fn moved(preview: &ImportPreview, lang: Lang) -> Option<String> {
    let count: u32 = preview.series.iter().map(|it| it.moved).sum();
    let example = preview.series.iter().find_map(|it| it.moved_example.as_ref())?;
    Some(match lang {
        Lang::Zh => format!("{count} 个值的时间不是统计期起点，按所在统计期计入：{example}"),
        Lang::En => format!(
            "{count} stamps are not the start of their period; each counts for the period it lies in: {example}"
        ),
    })
}

/// How the file was read, what was left aside, what was converted.
fn notes(preview: &ImportPreview, lang: Lang) -> impl IntoView + use<> {
    let said = preview.notes.iter().map(|it| {
        let words = lang.pick(&it.zh, &it.en);
        let words = match (it.line, lang) {
            (Some(line), Lang::Zh) => format!("第 {line} 行：{words}"),
            (Some(line), Lang::En) => format!("Line {line}: {words}"),
            (None, _) => words.to_owned(),
        };
        view! { <li class="note">{words}</li> }
    });
    let said = said.collect_view();
    (!preview.notes.is_empty())
        .then(|| view! { <ul class="notes" data-testid="import-notes">{said}</ul> })
}

fn sum_of(preview: &ImportPreview, count: fn(&ImportSeries) -> u32) -> u32 {
    preview.series.iter().map(count).sum()
}

fn figures(preview: &ImportPreview, lang: Lang) -> impl IntoView + use<> {
    let counted = match preview.kind.as_str() {
        "readings" | "records" => {
            Some(("readings", t(lang, "可入库的值", "values to store"), preview.readings))
        }
        _ => None,
    };
    let cells = [
        Some(("total", t(lang, "行", "rows"), preview.rows_total)),
        Some(("good", t(lang, "可入库的行", "rows to store"), preview.rows_good)),
        Some(("bad", t(lang, "有问题的行", "rows with problems"), preview.rows_bad)),
        counted,
        Some((
            "replaces",
            t(lang, "替换已有值", "replace stored values"),
            sum_of(preview, |it| it.replaces),
        )),
        Some(("negative", t(lang, "负值", "negative values"), sum_of(preview, |it| it.negative))),
        Some(("zero", t(lang, "零值", "zeros"), sum_of(preview, |it| it.zero))),
    ];
    let cells = cells
        .into_iter()
        .flatten()
        .filter(|(id, _, count)| *count > 0 || !["replaces", "negative", "zero"].contains(id))
        .map(|(id, words, count)| {
            view! {
                <li>
                    <b data-figure=format!("preview-{id}") class:lv1-text={id == "bad" && count != 0} class:lv2-text={["replaces", "negative"].contains(&id)}>{number::grouped(count.into(), 0)}</b>
                    " "<span class="note">{words}</span>
                </li>
            }
        })
        .collect_view();
    let created = preview.creates_unit.then(|| view! { <li><span class="badge lv2">{t(lang, "将建立新单位", "creates a new unit")}</span></li> });
    view! { <ul class="counts">{cells}{created}</ul> }
}

/// Line, what is wrong, then the file's own columns.
fn columns(preview: &ImportPreview, lang: Lang) -> Vec<Column<PreviewRow>> {
    let mut columns = vec![
        Column::new(t(lang, "行号", "Line"), |row: &PreviewRow| {
            Cell::Figure(Some(row.line.into()), 0)
        })
        .in_narrow(),
    ];
    if preview.rows_bad > 0 {
        let names = preview.columns.clone();
        let said = move |row: &PreviewRow| -> Vec<String> {
            row.problems.iter().map(|it| sentence(it, &names, lang)).collect()
        };
        let shown = said.clone();
        columns.push(
            Column::new(t(lang, "问题", "Problem"), move |row: &PreviewRow| {
                Cell::text(said(row).join("\n"))
            })
            .class("sentence reasons")
            .in_narrow()
            .show(move |row| shown(row).into_iter().map(|it| view! { <p>{it}</p> }).collect_view()),
        );
    }
    columns.extend(preview.columns.iter().enumerate().map(|(at, name)| {
        let bad = move |row: &PreviewRow| row.problems.iter().any(|it| it.column == u32::try_from(at).ok());
        let text = move |row: &PreviewRow| row.cells.get(at).cloned().unwrap_or_default();
        Column::new(name.clone(), move |row: &PreviewRow| Cell::text(text(row))).show(move |row| {
            let text = text(row);
            if bad(row) {
                let empty = text.trim().is_empty();
                let shown = if empty { t(lang, "空", "empty").to_owned() } else { text };
                return view! { <span class="bad-cell"><span aria-hidden="true">"▲ "</span>{shown}</span> }.into_any();
            }
            text.into_any()
        })
    }));
    columns
}

fn sentence(it: &PreviewProblem, names: &[String], lang: Lang) -> String {
    let column = it.column.and_then(|at| names.get(at as usize)).unwrap_or(&it.field);
    let reason = lang.pick(&it.reason_zh, &it.reason_en);
    let advice = remedy(&it.code, lang);
    match lang {
        Lang::Zh => format!("「{column}」{reason}。{advice}"),
        Lang::En => format!("{column}: {reason}. {advice}"),
    }
}

fn sums(lang: Lang, basis: Basis) -> Vec<Column<ImportSeries>> {
    vec![
        Column::new(t(lang, "列", "Column"), |it: &ImportSeries| Cell::text(it.column.clone()))
            .in_narrow(),
        Column::new(t(lang, "数据编码", "Data code"), |it: &ImportSeries| {
            Cell::text(it.data_code.clone())
        }),
        Column::new(t(lang, "值", "Values"), |it: &ImportSeries| {
            Cell::Figure(Some(it.readings.into()), 0)
        })
        .number()
        .in_narrow(),
        Column::new(t(lang, "合计", "Sum"), |it: &ImportSeries| Cell::Figure(Some(it.sum), 2))
            .number()
            .in_narrow(),
        Column::new(t(lang, "单位", "Unit"), move |it: &ImportSeries| {
            Cell::text(it.unit.as_deref().map(|it| unit_words(it, lang)).unwrap_or_default())
        })
        .in_narrow(),
        Column::new(basis_word(basis, lang), move |it: &ImportSeries| {
            let tce = match basis {
                Basis::Calorific => it.tce_calorific,
                Basis::Equivalent => it.tce_equivalent,
            };
            Cell::Figure(tce, 2)
        })
        .unit("tce")
        .number(),
        counts(t(lang, "替换已有值", "Replaces"), |it| it.replaces),
        counts(t(lang, "负值", "Negative"), |it| it.negative),
        counts(t(lang, "零值", "Zeros"), |it| it.zero),
        Column::new(t(lang, "起", "First"), |it: &ImportSeries| {
            Cell::text(it.first.clone().unwrap_or_default())
        }),
        Column::new(t(lang, "止", "Last"), |it: &ImportSeries| {
            Cell::text(it.last.clone().unwrap_or_default())
        }),
    ]
}

/// How many values of a column are of a kind.
fn counts(head: &'static str, count: fn(&ImportSeries) -> u32) -> Column<ImportSeries> {
    Column::new(head, move |it: &ImportSeries| Cell::Figure(Some(count(it).into()), 0)).number()
}
