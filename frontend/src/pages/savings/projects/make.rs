//! The form that keeps what is on screen as a project.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use nengce_shared::api::savings::SavingsProjectRequest;
use nengce_shared::api::unit::{MeterList, MeterRow};
use nengce_shared::lang::Lang;

use crate::components::panel::Panel;
use crate::components::sending::Sending;
use crate::components::states::Loaded;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::pages::savings::query;
use crate::url_state::use_url_state;

/// The meters of the unit; a press takes one into the project or out of it.
fn choices(known: &MeterList, chosen: RwSignal<Vec<String>>, lang: Lang) -> AnyView {
    if known.rows.is_empty() {
        return view! { <p class="note">{t(lang, "本单位没有登记计量器具，设备写在说明里。", "The unit has no meters on record: write the equipment into the note.")}</p> }.into_any();
    }
    let chip = |it: &MeterRow| {
        let (code, pressed) = (it.meter_code.clone(), it.meter_code.clone());
        let is_chosen = move || chosen.with(|all| all.contains(&pressed));
        let is_shown = is_chosen.clone();
        let press = {
            let code = code.clone();
            move |_| {
                chosen.update(|all| match all.iter().position(|it| *it == code) {
                    Some(at) => drop(all.remove(at)),
                    None => all.push(code.clone()),
                })
            }
        };
        view! { <button type="button" class="chip" class:chip-value=is_shown aria-pressed=move || is_chosen().to_string() data-meter=code on:click=press>{format!("{} {}", it.meter_code, it.name)}</button> }
    };
    view! {
        <div class="chips" role="group" aria-label=t(lang, "改造的计量点", "Meters of what was rebuilt") data-testid="project-meters">
            <span class="note">{t(lang, "改造的计量点", "Meters of what was rebuilt")}</span>
            {known.rows.iter().map(chip).collect_view()}
        </div>
    }
    .into_any()
}

#[component]
pub(super) fn MakeForm(code: Memo<String>, changed: Callback<()>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let [name, note] = [(); 2].map(|()| RwSignal::new(String::new()));
    let meters = RwSignal::new(Vec::<String>::new());
    let known = use_load::<MeterList>(move || Some(format!("/api/v1/units/{}/meters", code.get())));
    let missing = RwSignal::new(false);
    let sending = Sending::new(Callback::new(move |_| {
        [name, note].iter().for_each(|it| it.set(String::new()));
        meters.set(Vec::new());
        changed.run(());
    }));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let body = SavingsProjectRequest {
            name: name.get_untracked().trim().to_owned(),
            meters: meters.get_untracked(),
            note: note.get_untracked().trim().to_owned(),
        };
        missing.set(body.name.is_empty());
        let question = untrack(|| query(url));
        if let (false, Some(question)) = (missing.get_untracked(), question) {
            let path =
                format!("/api/v1/units/{}/savings-projects?{question}", code.get_untracked());
            sending.post(path, serde_json::to_string(&body), lang);
        }
    };
    let field = move |of: RwSignal<String>, label: &'static str, id: &'static str| {
        view! { <label><span>{label}</span><input class="control" type="text" maxlength="1000" prop:value=of on:input=move |event| of.set(event_target_value(&event)) data-testid=id /></label> }
    };
    view! {
        <Panel id="make-project" class="apart" title=t(lang, "存为节能项目", "Keep as a project") subtitle=t(lang, "保存当前条件、数据版本、输入数据的 SM3 与结果，供签署和他人复算", "keeps question, data version, SM3 of the input and result, to be signed and redone by a second person")>
            <form on:submit=submit data-testid="project-form">
                <div class="form-line">
                    {field(name, t(lang, "项目名称（必填）", "Name (required)"), "project-name")}
                    {field(note, t(lang, "改造的设备与说明", "Equipment that was rebuilt, and a note"), "project-note")}
                    <button type="submit" class="control" disabled=sending.busy data-testid="make-project">{t(lang, "建立项目", "Make the project")}</button>
                </div>
                <Loaded load=known height=40 let:data>{move || data.with(|it| choices(it, meters, lang))}</Loaded>
                <p class="lv1-text" role="alert">{move || missing.get().then(|| t(lang, "填写项目名称。", "Fill in the name."))}</p>
                {sending.problem()}
            </form>
        </Panel>
    }
}
