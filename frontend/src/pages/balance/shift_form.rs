//! The shifts of a unit as they are typed: a name and the hour at which each begins.

use std::sync::Arc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use nengce_shared::api::shifts::{Shift, ShiftPlan, ShiftRequest};
use nengce_shared::lang::Lang;

use crate::components::panel::Panel;
use crate::components::sending::Sending;
use crate::i18n::{t, use_lang};

const MOST_SHIFTS: usize = 8;

/// The fields of a shift.
#[derive(Clone, Copy)]
struct Fields {
    id: usize,
    name: RwSignal<String>,
    hour: RwSignal<String>,
}

impl Fields {
    fn of(id: usize, name: &str, hour: &str) -> Self {
        Self { id, name: RwSignal::new(name.to_owned()), hour: RwSignal::new(hour.to_owned()) }
    }

    /// What was typed; none where a name or an hour is missing or wrong.
    fn read(self) -> Option<Shift> {
        let name = self.name.get_untracked().trim().to_owned();
        let hour = self.hour.get_untracked().trim().parse::<u8>().ok().filter(|it| *it < 24)?;
        (!name.is_empty()).then_some(Shift { name, from_hour: hour })
    }
}

/// The kept shifts, else two that many plants have.
fn fields(plan: &ShiftPlan, lang: Lang) -> Vec<Fields> {
    if plan.shifts.is_empty() {
        let usual = [(t(lang, "白班", "Day shift"), "8"), (t(lang, "夜班", "Night shift"), "20")];
        return usual.iter().enumerate().map(|(id, it)| Fields::of(id, it.0, it.1)).collect();
    }
    let kept = plan.shifts.iter().enumerate();
    kept.map(|(id, it)| Fields::of(id, &it.name, &it.from_hour.to_string())).collect()
}

#[component]
pub(super) fn ShiftForm(
    plan: Signal<Arc<ShiftPlan>>,
    code: Memo<String>,
    changed: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let lines = RwSignal::new(fields(&plan.get_untracked(), lang));
    let wrong = RwSignal::new(false);
    let sending = Sending::new(Callback::new(move |_| changed.run(())));
    let add = move |_| {
        lines.update(|all| {
            let id = all.last().map_or(0, |it| it.id + 1);
            all.push(Fields::of(id, "", ""));
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let read: Option<Vec<Shift>> =
            lines.get_untracked().into_iter().map(Fields::read).collect();
        wrong.set(read.is_none());
        if let Some(shifts) = read {
            let path = format!("/api/v1/units/{}/shifts", code.get_untracked());
            sending.put(path, serde_json::to_string(&ShiftRequest { shifts }), lang);
        }
    };
    let subtitle = Signal::derive(move || {
        plan.with(|it| match (&it.saved_by, &it.saved_at) {
            (Some(by), Some(at)) => format!("{at} · {by}"),
            _ => t(lang, "每班到下一班开始为止", "each lasts until the next begins").to_owned(),
        })
    });
    let row = move |it: Fields| {
        let remove = move |_| lines.update(|all| all.retain(|other| other.id != it.id));
        view! {
            <div class="form-line" data-testid="shift-line">
                <label><span>{t(lang, "名称", "Name")}</span><input class="control" maxlength="20" prop:value=it.name on:input=move |event| it.name.set(event_target_value(&event)) data-testid="shift-name" /></label>
                <label><span>{t(lang, "开始（时，0–23）", "Begins (hour, 0–23)")}</span><input class="control" inputmode="numeric" prop:value=it.hour on:input=move |event| it.hour.set(event_target_value(&event)) data-testid="shift-hour" /></label>
                <button type="button" class="control" on:click=remove>{t(lang, "删除这班", "Remove")}</button>
            </div>
        }
    };
    view! {
        <Panel id="shift-form" title=t(lang, "班次", "Shifts") subtitle>
            <form on:submit=submit>
                <For each=move || lines.get() key=|it| it.id children=row />
                <p class="lv1-text" role="alert">{move || wrong.get().then(|| t(lang, "每班要有名称和 0 到 23 的整点。", "Each shift needs a name and a whole hour from 0 to 23."))}</p>
                {sending.problem()}
                <div class="actions">
                    <Show when=move || lines.with(Vec::len) < MOST_SHIFTS><button type="button" class="control" on:click=add data-testid="add-shift">{t(lang, "加一班", "Add a shift")}</button></Show>
                    <button type="submit" class="control primary" disabled=sending.busy data-testid="save-shifts">{t(lang, "保存班次", "Save the shifts")}</button>
                </div>
            </form>
        </Panel>
    }
}
