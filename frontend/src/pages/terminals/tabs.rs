//! The four lists of the page as cells of one strip, each with the number that waits. They are links, because the
//! address holds the state.

use leptos::prelude::*;
use nengce_shared::lang::Lang;
use nengce_shared::number::MISSING;

use crate::i18n::{t, use_lang};
use crate::pending_counts::use_pending_counts;
use crate::url_state::{UrlState, use_url_state};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    Devices,
    Claims,
    Changes,
    Connections,
}

const ALL: [(Tab, &str); 4] = [
    (Tab::Devices, "devices"),
    (Tab::Claims, "claims"),
    (Tab::Changes, "changes"),
    (Tab::Connections, "connections"),
];

impl Tab {
    /// The list that the address names; tracked.
    pub fn of(url: UrlState) -> Self {
        let word = url.get("tab").unwrap_or_default();
        let found = ALL.iter().find(|(_, it)| *it == word);
        found.map_or(Self::Devices, |(tab, _)| *tab)
    }

    fn word(self) -> Option<String> {
        let found = ALL.iter().find(|(it, _)| *it == self);
        found.filter(|(it, _)| *it != Self::Devices).map(|(_, word)| (*word).to_owned())
    }

    pub fn href(self, url: UrlState) -> String {
        url.href_with("/terminals", &[("tab", self.word())])
    }

    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Devices => t(lang, "终端", "Terminals"),
            Self::Claims => t(lang, "更换申请", "Claims"),
            Self::Changes => t(lang, "单位变更", "Changes of units"),
            Self::Connections => t(lang, "连接失败", "Failed connections"),
        }
    }
}

#[component]
pub fn Tabs(
    /// How many addresses failed to connect; `None` while unknown.
    #[prop(into)]
    failures: Signal<Option<u64>>,
) -> impl IntoView {
    let (lang, url, waiting) = (use_lang(), use_url_state(), use_pending_counts());
    let cell = move |tab: Tab,
                     count: Signal<Option<u64>>,
                     unit: &'static str,
                     note: &'static str| {
        let here = move || (Tab::of(url) == tab).then_some("page");
        let waits = move || tab != Tab::Connections && count.get().is_some_and(|it| it > 0);
        view! {
            <a class="kpi reason-cell" href=move || tab.href(url) aria-current=here data-tab=tab.word().unwrap_or_default()>
                <span class="kpi-label">{tab.name(lang)}</span>
                <span class="kpi-value">
                    <b class:worse=waits data-figure=format!("waiting-{}", ALL.iter().find(|it| it.0 == tab).map_or("", |it| it.1))>
                        {move || count.get().map_or_else(|| MISSING.to_owned(), |it| it.to_string())}
                    </b>
                    <span class="unit">{unit}</span>
                </span>
                <span class="kpi-note">{note}</span>
            </a>
        }
    };
    let of = move |part: fn(crate::pending_counts::Counts) -> Option<u64>| {
        Signal::derive(move || part(waiting.counts()))
    };
    view! {
        <nav class="panel kpis four" aria-label=t(lang, "终端的四份清单", "The four lists of terminals")>
            {cell(Tab::Devices, of(|it| it.devices), t(lang, "台待批准", "to approve"), t(lang, "数据已存，批准后计入", "data are kept and count once approved"))}
            {cell(Tab::Claims, of(|it| it.claims), t(lang, "件待确认", "to decide"), t(lang, "已有终端的企业又来注册", "registrations of enterprises that have a terminal"))}
            {cell(Tab::Changes, of(|it| it.changes), t(lang, "件待批准", "to approve"), t(lang, "名称、区划、行业等与现有不同", "name, district, industry differ from what stands"))}
            {cell(Tab::Connections, failures, t(lang, "个地址", "addresses"), t(lang, "没能连成请求，附原因与办法", "never became a request: why, and what to do"))}
        </nav>
    }
}
