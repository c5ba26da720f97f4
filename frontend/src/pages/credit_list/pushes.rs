//! What was sent to the credit platform, what waits and why; what waits is tried now.

use leptos::prelude::*;
use nengce_shared::api::credit::{CreditPush, CreditPushList};

use crate::components::panel::Panel;
use crate::components::sending::Sending;
use crate::components::states::Loaded;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::load::use_load;

#[component]
pub(super) fn PushesPanel() -> impl IntoView {
    let lang = use_lang();
    let load = use_load::<CreditPushList>(|| Some("/api/v1/credit-list/pushes".to_owned()));
    let sending = Sending::new(Callback::new(move |_| load.retry()));
    let push =
        move |_| sending.post("/api/v1/credit-list/pushes".to_owned(), Ok("{}".to_owned()), lang);
    let columns = move || {
        vec![
            Column::new(t(lang, "认定", "Entry"), |it: &CreditPush| {
                Cell::Figure(Some(it.entry_id as f64), 0)
            })
            .number()
            .in_narrow(),
            Column::new(t(lang, "状态", "State"), move |it: &CreditPush| {
                Cell::text(it.state.label(lang))
            })
            .in_narrow(),
            Column::new(t(lang, "次数", "Tries"), |it: &CreditPush| {
                Cell::Figure(Some(it.attempts.into()), 0)
            })
            .number(),
            Column::new(t(lang, "送达时间", "Sent at"), |it: &CreditPush| {
                Cell::text(it.sent_at.clone().unwrap_or_default())
            }),
            Column::new(t(lang, "下次", "Next"), |it: &CreditPush| {
                Cell::text(it.next_at.clone().unwrap_or_default())
            }),
            Column::new(t(lang, "答复", "Answer"), |it: &CreditPush| {
                Cell::text(it.answer.clone())
            })
            .class("sentence")
            .in_narrow(),
            Column::new(t(lang, "内容 SHA-256", "Content SHA-256"), |it: &CreditPush| {
                Cell::text(it.content_sha256.clone())
            })
            .class("sentence"),
        ]
    };
    view! {
        <Loaded load height=160 let:data>
            {
                let rows = Memo::new(move |_| data.with(|it| it.rows.clone()));
                let subtitle = Signal::derive(move || data.with(|it| match it.address.is_empty() {
                    true => t(lang, "未配置平台地址（credit_push_address），只能导出", "no address is configured (credit_push_address): export only").to_owned(),
                    false => it.address.clone(),
                }));
                let has_address = move || data.with(|it| !it.address.is_empty());
                view! {
                    <Panel id="pushes" class="capped" title=t(lang, "推送信用平台", "Sent to the credit platform") subtitle>
                        <Show when=has_address>
                            <div class="actions"><button type="button" class="control" disabled=sending.busy on:click=push data-testid="push-now">{t(lang, "现在推送", "Send now")}</button></div>
                        </Show>
                        {sending.problem()}
                        <DataTable label=t(lang, "推送", "Sent") columns=columns() rows key=|it: &CreditPush| it.push_id.to_string() empty=t(lang, "没有要推送的内容。", "Nothing to send.") />
                    </Panel>
                }
            }
        </Loaded>
    }
}
