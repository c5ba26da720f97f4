//! What an operator can decide on a terminal, with all that follows from it.

use nengce_shared::api::unit::DeviceRow;
use nengce_shared::lang::Lang;

use crate::components::decision::{Decision, Reason};
use crate::format::id_end;
use crate::i18n::t;

/// What can be done with a device in its state.
pub fn of(row: &DeviceRow, lang: Lang) -> Vec<Decision> {
    let (approve, revoke) = (|| approve(row, lang), || revoke(row, lang));
    let (code, release) = (|| code(row, lang), || release(row, lang));
    match (row.state.as_str(), is_in_force(row)) {
        ("pending", true) => vec![approve(), revoke(), release()],
        ("approved", true) if row.rotation_asked_at.is_some() => vec![code(), release(), revoke()],
        ("approved", true) => vec![rotate(row, lang), code(), release(), revoke()],
        (_, true) => vec![approve(), release()],
        // What was replaced or released does not come back.
        ("revoked", false) => Vec::new(),
        (_, false) if row.accepted_until.is_some() => vec![end_old(row, lang)],
        (_, false) => vec![revoke()],
    }
}

/// Whether it is the terminal that speaks for its unit now.
pub fn is_in_force(row: &DeviceRow) -> bool {
    row.proof.is_some()
}

/// A decision by its word in the API, the words of its button, what follows and what is said when it is done.
fn decision(
    row: &DeviceRow,
    word: &'static str,
    button: &'static str,
    follows: &[&str],
    done_message: String,
) -> Decision {
    Decision {
        id: word,
        button,
        title: format!("{button} {}", id_end(&row.device_id)),
        follows: follows.iter().map(|line| (*line).to_owned()).collect(),
        reason: Reason::None,
        primary: word == "approve",
        path: format!("/api/v1/devices/{}/{word}", row.device_id),
        body: None,
        done_message,
    }
}

fn approve(row: &DeviceRow, lang: Lang) -> Decision {
    let id = id_end(&row.device_id);
    let mut approve = decision(
        row,
        "approve",
        t(lang, "批准", "Approve"),
        &[
            t(
                lang,
                "它已上报的数据立即计入各项数字，此后的随到随计。",
                "What it sent so far counts at once, what follows as it comes.",
            ),
            t(
                lang,
                "单位进入公开清单；区划、行业、名称以它现在的配置为准。",
                "The unit enters the public lists, with district, industry and name as it sent them.",
            ),
            t(
                lang,
                "它现在的地址、证书成为以后重新注册的凭据。",
                "Its address and certificate become the proof by which it registers again.",
            ),
            t(lang, "要退回：停用。已计入的数据不删。", "To undo: revoke. Data that count stay."),
        ],
        match lang {
            Lang::Zh => format!("已批准 {id}，数据开始计入。"),
            Lang::En => format!("{id} is approved; its data count."),
        },
    );
    if row.open_claims.unwrap_or_default() > 0 {
        let others = t(
            lang,
            "另有更换申请在争这个位置：先看它们的证据。",
            "Others claim its place: look at their evidence first.",
        );
        approve.follows.insert(0, others.to_owned());
    }
    approve
}

fn revoke(row: &DeviceRow, lang: Lang) -> Decision {
    let id = id_end(&row.device_id);
    decision(
        row,
        "revoke",
        t(lang, "停用", "Revoke"),
        &[
            t(
                lang,
                "此后它的上报一律拒收，现场会看到失败应答。",
                "Its uploads are refused from now on; the plant sees failures.",
            ),
            t(
                lang,
                "已收的数据保留，数字不变。",
                "What it sent stays and the figures do not change.",
            ),
            t(
                lang,
                "要退回：再批准。停用期间的数据由终端补报。",
                "To undo: approve it again; the terminal sends what was missed.",
            ),
        ],
        match lang {
            Lang::Zh => format!("已停用 {id}。"),
            Lang::En => format!("{id} is revoked."),
        },
    )
}

fn rotate(row: &DeviceRow, lang: Lang) -> Decision {
    let id = id_end(&row.device_id);
    decision(
        row,
        "rotate",
        t(lang, "轮换凭据", "Rotate the secret"),
        &[
            t(
                lang,
                "终端下次注册并出示凭据时领到新的设备号（和密钥）；在那之前一切照旧。",
                "Its terminal gets a new device id (and key) when it registers next with a proof; until then nothing changes.",
            ),
            t(
                lang,
                "领到后旧凭据在过渡期内仍收，两边报来的同一条数据只计一次；何时失效见该终端的两行。",
                "After that the old secret is accepted for the overlap, and a reading sent under both counts once; the terminal's two rows say until when.",
            ),
            t(
                lang,
                "旧凭据已落到别人手里时不要轮换：停用它，再发一次性注册码。",
                "Where somebody else has the secret, do not rotate: revoke it and give a one-time code.",
            ),
        ],
        match lang {
            Lang::Zh => format!("{id} 待终端来领新凭据。"),
            Lang::En => format!("The terminal of {id} will fetch a new secret."),
        },
    )
}

/// The end of a secret that a rotation replaced; the server does it as a revocation of the old device.
fn end_old(row: &DeviceRow, lang: Lang) -> Decision {
    let id = id_end(&row.device_id);
    decision(
        row,
        "revoke",
        t(lang, "旧凭据立即失效", "End the old secret now"),
        &[
            t(
                lang,
                "带旧凭据的报文从现在起一律拒收；新凭据不受影响。",
                "Messages with the old secret are refused from now on; the new one is not affected.",
            ),
            t(
                lang,
                "终端若还没换上新凭据，会断报，要重新注册。",
                "A terminal that has not changed yet falls silent and has to register again.",
            ),
            t(lang, "不能退回。已收的数据保留。", "It cannot be undone. What it sent stays."),
        ],
        match lang {
            Lang::Zh => format!("旧凭据 {id} 已失效。"),
            Lang::En => format!("The old secret {id} has ended."),
        },
    )
}

fn code(row: &DeviceRow, lang: Lang) -> Decision {
    decision(
        row,
        "code",
        t(lang, "发一次性注册码", "Give a one-time code"),
        &[
            t(
                lang,
                "生成一个码，交给企业现场；终端带码注册，即刻接替并承袭批准，现在这台过渡期一过即停用。",
                "Makes a code for the plant; a terminal that registers with it takes over at once with the approval, and this one is revoked after the overlap.",
            ),
            t(
                lang,
                "谁拿到码，谁就能以这家企业的名义上报：当面或电话交给已核实的人。",
                "Whoever has the code can speak for the enterprise: give it to a person you have verified.",
            ),
            t(
                lang,
                "码只显示这一次，用一次或到期即失效；此前发的码作废。",
                "It is shown this once, works once or until it expires, and voids earlier codes.",
            ),
        ],
        t(lang, "码已生成。", "The code is made.").to_owned(),
    )
}

fn release(row: &DeviceRow, lang: Lang) -> Decision {
    let id = id_end(&row.device_id);
    decision(
        row,
        "release",
        t(lang, "解除绑定", "Release bindings"),
        &[
            t(
                lang,
                "解除这家企业与规约、证书、密钥、地址的绑定；这台终端随即停用，已发的码作废。",
                "Undoes what ties the enterprise to profile, certificate, key and address; this terminal is revoked and codes are void.",
            ),
            t(
                lang,
                "此后谁先注册谁占位，仍须批准才计入。已知是谁来换，发一次性注册码更稳妥。",
                "Whoever registers next takes the place and still has to be approved. Where you know who comes, a one-time code is safer.",
            ),
            t(lang, "已收的数据保留。", "What it sent stays."),
        ],
        match lang {
            Lang::Zh => format!("已解除 {id} 的绑定。"),
            Lang::En => format!("The bindings of {id} are released."),
        },
    )
}
