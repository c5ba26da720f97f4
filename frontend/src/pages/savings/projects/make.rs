//! The form that keeps what is on screen as a project.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use nengce_shared::api::savings::SavingsProjectRequest;

use crate::components::panel::Panel;
use crate::components::sending::Sending;
use crate::i18n::{t, use_lang};
use crate::pages::savings::query;
use crate::url_state::use_url_state;

#[component]
pub(super) fn MakeForm(code: Memo<String>, changed: Callback<()>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let [name, meters, note] = [(); 3].map(|()| RwSignal::new(String::new()));
    let missing = RwSignal::new(false);
    let sending = Sending::new(Callback::new(move |_| {
        [name, meters, note].iter().for_each(|it| it.set(String::new()));
        changed.run(());
    }));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let meters = meters.get_untracked();
        let parts = meters.split([',', '，', '、', ';', '；']).map(str::trim);
        let body = SavingsProjectRequest {
            name: name.get_untracked().trim().to_owned(),
            meters: parts.filter(|it| !it.is_empty()).map(str::to_owned).collect(),
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
                    {field(meters, t(lang, "改造的设备与计量点，用逗号分开", "Equipment and meters that were rebuilt, by comma"), "project-meters")}
                    {field(note, t(lang, "说明", "Note"), "project-note")}
                    <button type="submit" class="control" disabled=sending.busy data-testid="make-project">{t(lang, "建立项目", "Make the project")}</button>
                </div>
                <p class="lv1-text" role="alert">{move || missing.get().then(|| t(lang, "填写项目名称。", "Fill in the name."))}</p>
                {sending.problem()}
            </form>
        </Panel>
    }
}
