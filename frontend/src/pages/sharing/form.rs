//! The form with which a manager lets an account read the unit's data for a time.

use std::sync::Arc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::sharing::{ShareList, ShareRequest};
use nengce_shared::lang::Lang;

use crate::components::panel::Panel;
use crate::components::sending::Sending;
use crate::i18n::{t, use_lang};

#[component]
pub(super) fn ShareForm(
    data: Signal<Arc<ShareList>>,
    code: Memo<String>,
    changed: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let [account, until, reason] = [(); 3].map(|()| RwSignal::new(String::new()));
    let kinds = RwSignal::new(vec![Permission::Figures, Permission::UnitData]);
    let missing = RwSignal::new(false);
    let sending = Sending::new(Callback::new(move |_| {
        account.set(String::new());
        reason.set(String::new());
        changed.run(());
    }));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let body = ShareRequest {
            account: account.get_untracked().trim().to_owned(),
            kinds: kinds.get_untracked(),
            until: until.get_untracked(),
            reason: reason.get_untracked().trim().to_owned(),
        };
        missing.set(
            body.account.is_empty()
                || body.until.is_empty()
                || body.reason.is_empty()
                || body.kinds.is_empty(),
        );
        if !missing.get_untracked() {
            let path = format!("/api/v1/units/{}/shares", code.get_untracked());
            sending.post(path, serde_json::to_string(&body), lang);
        }
    };
    let kind = move |it: Permission| {
        let is_on = move || kinds.with(|all| all.contains(&it));
        let toggle = move |_| {
            kinds.update(|all| match all.iter().position(|of| *of == it) {
                Some(at) => drop(all.remove(at)),
                None => all.push(it),
            });
        };
        view! { <label class="check"><input type="checkbox" prop:checked=is_on on:change=toggle data-kind=it.as_str() /><span>{it.label(lang)}</span></label> }
    };
    let field = move |of: RwSignal<String>,
                      kind: &'static str,
                      label: &'static str,
                      id: &'static str| {
        view! { <label><span>{label}</span><input class="control" type=kind prop:value=of on:input=move |event| of.set(event_target_value(&event)) data-testid=id /></label> }
    };
    let subtitle = Signal::derive(move || {
        let days = data.with(|it| it.most_days);
        match lang {
            Lang::Zh => format!("对方只能查看，最长 {days} 天，可随时收回"),
            Lang::En => format!(
                "the account may only read, for {days} days at most; a share can be withdrawn at any time"
            ),
        }
    });
    view! {
        <Panel id="share" title=t(lang, "分享给一个账号", "Share with an account") subtitle note=t(lang, "对方登录名须完全一致，由对方告知。同行对比不随分享。", "The sign-in name has to be exact; its person tells it. The comparison with peers is not shared.")>
            <form on:submit=submit data-testid="share-form">
                <div class="form-line">
                    {field(account, "text", t(lang, "登录名", "Sign-in name"), "share-account")}
                    {field(until, "date", t(lang, "截止日（含）", "Last day, included"), "share-until")}
                </div>
                <div class="form-line" role="group" aria-label=t(lang, "可看的内容", "What may be read")>
                    {move || data.with(|it| it.kinds.clone()).into_iter().map(kind).collect_view()}
                </div>
                <label class="reason-field">
                    <span>{t(lang, "用途（必填）", "What it is for (required)")}</span>
                    <textarea class="control" rows="2" maxlength="1000" prop:value=reason on:input=move |event| reason.set(event_target_value(&event)) data-testid="share-reason"></textarea>
                </label>
                <p class="lv1-text" role="alert">{move || missing.get().then(|| t(lang, "填写登录名、截止日、用途，并至少选一项内容。", "Fill in the name, the last day and what it is for, and choose something to read."))}</p>
                {sending.problem()}
                <div class="actions"><button type="submit" class="control" disabled=sending.busy data-testid="send-share">{t(lang, "分享", "Share")}</button></div>
            </form>
        </Panel>
    }
}
