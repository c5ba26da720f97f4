//! What an operator can decide on a claim, with all that follows from it.

use nengce_shared::api::claim::ClaimRow;
use nengce_shared::lang::Lang;

use crate::components::decision::{Decision, Reason};
use crate::format::id_end;
use crate::i18n::t;
use crate::pages::terminals::words::address;

/// Whether it is confirmed and its claimant has not come yet.
pub fn is_awaited(row: &ClaimRow) -> bool {
    row.state == "confirmed" && row.picked_up_at.is_none()
}

/// The decisions that are open: confirm or refuse, or take back a confirmation.
pub fn of(row: &ClaimRow, hours: u32, lang: Lang) -> Vec<Decision> {
    let old = row.device.as_ref().map(|it| id_end(&it.device_id));
    let from = address(Some(&row.claimant), lang);
    let replaced = match (&old, lang) {
        (Some(old), Lang::Zh) => {
            format!("它接替的那一刻，在用终端 {old} 停用，此后它的上报拒收；已收的数据保留。")
        }
        (Some(old), Lang::En) => format!(
            "At that moment the terminal in place {old} is revoked and its uploads are refused; what it sent stays."
        ),
        (None, Lang::Zh) => "该企业现在没有终端，没有谁被替换。".to_owned(),
        (None, Lang::En) => "The enterprise has no terminal now; none is replaced.".to_owned(),
    };
    let (pickup, unchanged, undo) = match lang {
        Lang::Zh => (
            format!(
                "{from} 的申请方在 {hours} 小时内再次注册，就领到序列号并接替；过时作废，要重新申请。"
            ),
            "单位的名称、区划、行业不变。",
            "要退回：它接替前可撤回确认；接替后在终端清单给这家企业发一次性注册码，原终端带码注册即换回。",
        ),
        Lang::En => (
            format!(
                "When the claimant at {from} registers again within {hours} hours it is given an id and takes over; later it has to claim anew."
            ),
            "Name, district and industry of the unit stay.",
            "To undo: take the confirmation back before it took over; afterwards give the enterprise a one-time code on the list of terminals; the former terminal registers with it.",
        ),
    };
    let base = format!("/api/v1/claims/{}", row.claim_id);
    if is_awaited(row) {
        return vec![Decision {
            id: "take-back",
            button: t(lang, "撤回确认", "Take back"),
            title: t(lang, "撤回确认", "Take the confirmation back").to_owned(),
            follows: vec![
                t(lang, "申请方再来注册也领不到序列号；在用终端不受影响。", "The claimant is given no id when it registers; the terminal in place goes on as before.").to_owned(),
                t(lang, "这件申请记为已驳回，理由记入历史。", "The claim is kept as refused, with the reason.").to_owned(),
            ],
            reason: Reason::Required,
            primary: false,
            path: format!("{base}/refuse"),
            body: None,
            done_message: t(lang, "已撤回。", "Taken back.").to_owned(),
        }];
    }
    vec![
        Decision {
            id: "confirm",
            button: t(lang, "确认接替", "Confirm"),
            title: t(lang, "确认申请方接替", "Confirm the claimant").to_owned(),
            follows: vec![pickup, replaced, unchanged.to_owned(), undo.to_owned()],
            reason: Reason::Offered,
            primary: true,
            path: format!("{base}/confirm"),
            body: None,
            done_message: t(
                lang,
                "已确认，等它再次注册。",
                "Confirmed; it takes over when it registers again.",
            )
            .to_owned(),
        },
        Decision {
            id: "refuse",
            button: t(lang, "驳回", "Refuse"),
            title: t(lang, "驳回申请", "Refuse the claim").to_owned(),
            follows: vec![
                t(lang, "在用终端不受影响。", "The terminal in place goes on as before.")
                    .to_owned(),
                t(
                    lang,
                    "申请方继续得到「该企业已有终端，更换请联系节能中心」。",
                    "The claimant keeps hearing that the enterprise has a terminal already.",
                )
                .to_owned(),
                t(
                    lang,
                    "理由记入历史，申请方看不到。",
                    "The reason is kept in the history; the claimant does not see it.",
                )
                .to_owned(),
            ],
            reason: Reason::Required,
            primary: false,
            path: format!("{base}/refuse"),
            body: None,
            done_message: t(lang, "已驳回。", "Refused.").to_owned(),
        },
    ]
}
