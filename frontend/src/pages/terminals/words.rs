//! Words of the terminals page: states with their shapes, profiles, proofs, what speaks against a claim.

use leptos::prelude::*;
use nengce_shared::api::claim::{ClaimRow, Registrant};
use nengce_shared::lang::Lang;
use nengce_shared::number::MISSING;
use nengce_shared::warning::WarningLevel;

use crate::components::badge::level_shape;
use crate::components::filter_bar::ChipOption;
use crate::i18n::t;

/// A word of the wire in both languages.
type Words = &'static [(&'static str, &'static str, &'static str)];

pub const DEVICE_STATES: Words = &[
    ("pending", "待批准", "to approve"),
    ("approved", "已批准", "approved"),
    ("revoked", "已停用", "revoked"),
];
pub const CLAIM_STATES: Words = &[
    ("pending", "待确认", "waiting"),
    ("confirmed", "已确认", "confirmed"),
    ("refused", "已驳回", "refused"),
    ("expired", "已过期", "expired"),
    ("all", "全部", "All"),
];
pub const CHANGE_STATES: Words = &[
    ("pending", "待批准", "waiting"),
    ("approved", "已批准", "approved"),
    ("refused", "已驳回", "refused"),
    ("superseded", "已被后来的报送取代", "superseded"),
    ("withdrawn", "终端已改回", "withdrawn"),
    ("all", "全部", "All"),
];
const PROFILES: Words = &[
    ("national", "国家", "national"),
    ("shandong", "山东", "Shandong"),
    ("yunnan", "云南", "Yunnan"),
    ("anhui", "安徽", "Anhui"),
];
const PROOFS: Words = &[
    ("first", "首次注册", "first registration"),
    ("certificate", "同一客户端证书", "same client certificate"),
    ("secret", "密钥", "secret"),
    ("address", "同一地址", "same address"),
    ("network", "同一网段", "same network"),
    ("code", "一次性注册码", "one-time code"),
    ("operator", "人工确认", "confirmed by an operator"),
    ("platform", "下级平台令牌", "token of the platform below"),
];
/// Who decided: names that the server gives those who have none of their own.
const OPERATORS: Words = &[
    ("administrator", "管理员", "administrator"),
    ("local command", "本机命令", "command on the server"),
    ("auto_approve_devices", "自动批准", "automatic"),
    ("rotation", "随轮换承袭", "taken over by rotation"),
];
/// What may be said of a claim, and how grave it is (1 grave, 2 worth a look, 3 speaks for it, 0 neither).
const CLAIM_FLAGS: [(&str, u8, &str, &str); 7] = [
    (
        "certificate_of_another",
        1,
        "证书已绑定另一家企业",
        "Certificate bound to another enterprise",
    ),
    ("address_of_another", 2, "该地址注册过别家企业", "Address used by other enterprises"),
    ("profile_differs", 2, "规约与在用终端不同", "Another profile"),
    ("region_differs", 2, "自报区划与档案不同", "Names another district"),
    ("address_seen", 3, "与在用终端来自同一网段", "Same network"),
    ("no_address", 0, "地址被代理隐藏，无从比对", "Address hidden by a proxy"),
    ("no_device", 0, "该企业现在没有终端", "No terminal in place"),
];
const CHANGE_FLAGS: [(&str, u8, &str, &str); 3] = [
    ("equal_name", 1, "与另一家单位同名", "Another unit has this name"),
    ("confusable_name", 1, "与另一家单位的名称易混", "Can be taken for another unit's name"),
    ("changes_figures", 2, "改变统计归属", "Changes where the unit counts"),
];

/// The word of a code; the code itself where the list does not know it.
pub fn word(list: Words, code: &str, lang: Lang) -> String {
    list.iter()
        .find(|it| it.0 == code)
        .map_or_else(|| code.to_owned(), |it| t(lang, it.1, it.2).to_owned())
}

pub fn profile(code: &str, lang: Lang) -> String {
    word(PROFILES, code, lang)
}

pub fn proof(code: &str, lang: Lang) -> String {
    word(PROOFS, code, lang)
}

pub fn options(list: Words, lang: Lang) -> Vec<ChipOption> {
    list.iter().map(|(code, zh, en)| ChipOption::new(code, t(lang, zh, en), "")).collect()
}

/// Shape and word of a state, so that colour never speaks alone.
pub fn state_badge(list: Words, state: &str, lang: Lang) -> AnyView {
    let (class, level) = match state {
        "pending" => ("badge lv2", WarningLevel::Level2),
        "approved" | "confirmed" => ("badge lv3", WarningLevel::Level3),
        _ => ("badge lv-none", WarningLevel::Pending),
    };
    view! { <span class=class>{level_shape(level)}<span>{word(list, state, lang)}</span></span> }
        .into_any()
}

fn flag_badge(grave: u8, words: String) -> AnyView {
    let (class, level) = match grave {
        1 => ("badge lv1", WarningLevel::Level1),
        2 => ("badge lv2", WarningLevel::Level2),
        3 => ("badge lv3", WarningLevel::Level3),
        _ => ("badge lv-none", WarningLevel::Pending),
    };
    view! { <span class=class>{level_shape(level)}<span>{words}</span></span> }.into_any()
}

fn flag(list: &[(&str, u8, &'static str, &'static str)], code: &str, lang: Lang) -> (u8, String) {
    list.iter()
        .find(|it| it.0 == code)
        .map_or_else(|| (0, code.to_owned()), |it| (it.1, t(lang, it.2, it.3).to_owned()))
}

/// The flags of a claim, the gravest first.
pub fn claim_flags(codes: &[String], lang: Lang) -> Vec<AnyView> {
    sorted(codes.iter().map(|it| flag(&CLAIM_FLAGS, it, lang)))
}

pub fn claim_flag_words(codes: &[String], lang: Lang) -> String {
    words(codes.iter().map(|it| flag(&CLAIM_FLAGS, it, lang)), lang)
}

/// The flags of a change's fields, each once.
pub fn change_flags<'a>(codes: impl Iterator<Item = &'a String>, lang: Lang) -> Vec<AnyView> {
    sorted(codes.map(|it| flag(&CHANGE_FLAGS, it, lang)))
}

pub fn change_flag_words<'a>(codes: impl Iterator<Item = &'a String>, lang: Lang) -> String {
    words(codes.map(|it| flag(&CHANGE_FLAGS, it, lang)), lang)
}

fn gravest_first(flags: impl Iterator<Item = (u8, String)>) -> Vec<(u8, String)> {
    let mut flags: Vec<_> = flags.collect();
    flags.sort_by_key(|(grave, _)| if *grave == 0 { 4 } else { *grave });
    flags.dedup();
    flags
}

fn sorted(flags: impl Iterator<Item = (u8, String)>) -> Vec<AnyView> {
    let flags = gravest_first(flags).into_iter();
    flags.map(|(grave, it)| flag_badge(grave, it)).collect()
}

fn words(flags: impl Iterator<Item = (u8, String)>, lang: Lang) -> String {
    let flags: Vec<_> = gravest_first(flags).into_iter().map(|it| it.1).collect();
    flags.join(crate::i18n::semicolon(lang))
}

/// A fingerprint's two ends: 「3f9a20c1…b21b」.
pub fn fingerprint(hash: &str) -> String {
    match (hash.get(..8), hash.get(hash.len().saturating_sub(4)..)) {
        (Some(head), Some(tail)) if hash.len() > 14 => format!("{head}…{tail}"),
        _ => hash.to_owned(),
    }
}

/// Subject and fingerprint of a certificate, or that there was none.
pub fn certificate(of: &Registrant, lang: Lang) -> String {
    match (&of.subject, &of.certificate) {
        (Some(subject), Some(hash)) => format!("{subject} · {}", fingerprint(hash)),
        (None, Some(hash)) => fingerprint(hash),
        _ => t(lang, "未出示", "none shown").to_owned(),
    }
}

pub fn address(of: Option<&Registrant>, lang: Lang) -> String {
    of.and_then(|it| it.address.clone()).unwrap_or_else(|| t(lang, "未知", "unknown").to_owned())
}

pub fn or_missing(text: Option<&String>) -> String {
    text.cloned().unwrap_or_else(|| MISSING.to_owned())
}

/// Who and when: 「10-18 09:12 · 王某」.
pub fn by_at(at: Option<&String>, by: Option<&String>, lang: Lang) -> String {
    match (at, by) {
        (Some(at), Some(by)) => format!("{} · {}", minute(at), word(OPERATORS, by, lang)),
        (Some(at), None) => minute(at).to_owned(),
        _ => MISSING.to_owned(),
    }
}

/// `2025-10-18 01:38:20` → `2025-10-18 01:38`.
pub fn minute(time: &str) -> &str {
    time.get(..16).unwrap_or(time)
}

/// What the claimant would put in place of what is there.
pub fn kind(row: &ClaimRow, lang: Lang) -> &'static str {
    let Some(device) = &row.device else {
        return t(lang, "接入终端", "first terminal");
    };
    let (new, old) = (&row.claimant, &device.registrant);
    if new.profile != old.profile {
        t(lang, "换规约", "another profile")
    } else if new.certificate != old.certificate {
        t(lang, "换证书", "another certificate")
    } else {
        t(lang, "换终端", "another terminal")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_come_gravest_first_and_once() {
        let codes = ["no_address", "address_seen", "certificate_of_another", "address_seen"]
            .map(str::to_owned);
        assert_eq!(
            claim_flag_words(&codes, Lang::Zh),
            "证书已绑定另一家企业；与在用终端来自同一网段；地址被代理隐藏，无从比对"
        );
        assert_eq!(claim_flag_words(&["new_kind".to_owned()], Lang::En), "new_kind");
    }

    #[test]
    fn fingerprints_are_shortened_and_short_ones_left_alone() {
        assert_eq!(fingerprint("3f9a20c1aaaaaaaaaaaab21b"), "3f9a20c1…b21b");
        assert_eq!(fingerprint("3f9a"), "3f9a");
    }
}
