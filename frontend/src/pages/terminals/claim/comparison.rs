//! The terminal in place and the claimant, compared line by line.

use leptos::prelude::*;
use nengce_shared::api::claim::{ClaimRow, StandingDevice};
use nengce_shared::lang::Lang;
use nengce_shared::number::{MISSING, grouped};

use crate::format::id_end;
use crate::i18n::t;
use crate::pages::terminals::words::{
    DEVICE_STATES, address, by_at, certificate, minute, or_missing, profile, proof, state_badge,
};

/// One line of the comparison; `same` where the two can be compared.
pub struct Line {
    pub name: &'static str,
    pub old: AnyView,
    pub new: AnyView,
    pub same: Option<bool>,
}

/// The lines of the comparison, from the terminals to the district that the claimant named.
pub fn lines(row: &ClaimRow, place: &str, lang: Lang) -> Vec<Line> {
    let text = |it: String| view! { <span>{it}</span> }.into_any();
    let none = || text(MISSING.to_owned());
    let (new, device) = (&row.claimant, row.device.as_ref());
    let old = device.map(|it| &it.registrant);
    let of = |part: &dyn Fn(&StandingDevice) -> String| {
        text(device.map_or_else(|| MISSING.to_owned(), part))
    };
    let equal = |a: Option<&String>, b: Option<&String>| Some(a? == b?);
    let week = device.map(|it| {
        let figures =
            [it.uploads, it.readings_stored, it.entries_rejected].map(|it| grouped(it as f64, 0));
        let [uploads, stored, rejected] = figures;
        match lang {
            Lang::Zh => format!("上报 {uploads} 次，存 {stored} 条，拒收 {rejected} 条"),
            Lang::En => format!("{uploads} uploads, {stored} readings stored, {rejected} rejected"),
        }
    });
    let silent = device.is_some_and(|it| it.uploads == 0);
    let attempts = grouped(row.attempts as f64, 0);
    let attempts = match lang {
        Lang::Zh => format!("无凭据注册 {attempts} 次"),
        Lang::En => format!("registered {attempts} times without a proof"),
    };
    vec![
        Line {
            name: t(lang, "终端", "Terminal"),
            old: device.map_or_else(
                || text(t(lang, "没有", "none").to_owned()),
                |it| view! { <span>{id_end(&it.device_id)}</span>" "{state_badge(DEVICE_STATES, &it.state, lang)} }.into_any(),
            ),
            new: text(row.given_device_id.as_deref().map_or_else(|| t(lang, "未发号", "none given yet").to_owned(), id_end)),
            same: None,
        },
        Line {
            name: t(lang, "规约", "Profile"),
            old: old.map_or_else(none, |it| text(profile(&it.profile, lang))),
            new: text(profile(&new.profile, lang)),
            same: old.map(|it| it.profile == new.profile),
        },
        Line {
            name: t(lang, "地址", "Address"),
            old: old.map_or_else(none, |it| text(address(Some(it), lang))),
            new: text(address(Some(new), lang)),
            // Where a proxy stands between, its address says nothing of either.
            same: equal(old.and_then(|it| it.address.as_ref()), new.address.as_ref())
                .filter(|_| row.flags.iter().all(|it| it != "no_address")),
        },
        Line {
            name: t(lang, "客户端证书", "Certificate"),
            old: old.map_or_else(none, |it| text(certificate(it, lang))),
            new: text(certificate(new, lang)),
            same: old
                .filter(|it| it.certificate.is_some() || new.certificate.is_some())
                .map(|it| it.certificate == new.certificate),
        },
        Line {
            name: t(lang, "首次注册", "First registered"),
            old: of(&|it| minute(&it.registered_at).to_owned()),
            new: text(minute(&row.first_at).to_owned()),
            same: None,
        },
        Line {
            name: t(lang, "最近", "Last heard"),
            old: of(&|it| or_missing(it.last_seen.as_ref().map(|it| minute(it).to_owned()).as_ref())),
            new: text(minute(&row.last_at).to_owned()),
            same: None,
        },
        Line {
            name: t(lang, "批准", "Approved"),
            old: of(&|it| by_at(it.approved_at.as_ref(), it.approved_by.as_ref(), lang)),
            new: none(),
            same: None,
        },
        Line {
            name: t(lang, "上次凭据", "Last proof"),
            old: device.map_or_else(none, |it| text(format!("{} · {}", proof(&it.proof, lang), minute(&it.proved_at)))),
            new: text(t(lang, "没有", "none").to_owned()),
            same: None,
        },
        Line {
            name: t(lang, "近 7 天", "Last 7 days"),
            old: week.map_or_else(none, |it| view! { <span class:worse=silent>{it}</span> }.into_any()),
            new: text(attempts),
            same: None,
        },
        Line {
            name: t(lang, "自报区划", "District it named"),
            old: none(),
            new: text(if row.region.is_empty() { MISSING.to_owned() } else { format!("{place} {}", row.region).trim().to_owned() }),
            same: None,
        },
    ]
}
