//! An address that is no page: says so and leads to the page whose address is nearest.

use leptos::prelude::*;

use crate::i18n::{t, use_lang};
use crate::url_state::{closest, use_url_state};

/// The pages, in the order of the menu.
const PAGES: [(&str, &str, &str); 11] = [
    ("dual-control", "双控形势", "Dual control"),
    ("intensity", "能耗强度", "Energy intensity"),
    ("benchmarks", "能效对标", "Benchmarking"),
    ("targets", "监察对象", "Inspection targets"),
    ("units", "用能单位", "Energy-using units"),
    ("uploads", "数据上报", "Uploads"),
    ("quality", "数据质量", "Data quality"),
    ("import", "导入", "Import"),
    ("terminals", "终端", "Terminals"),
    ("operation", "运行", "Operation"),
    ("link", "上下级平台", "Platforms above and below"),
];

#[component]
pub fn NotFound() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let nearest = move || {
        let path = url.path().to_ascii_lowercase();
        let first = path.trim_matches('/').split('/').next().unwrap_or_default().to_owned();
        let word = closest(&first, PAGES.iter().map(|it| it.0)).unwrap_or("dual-control");
        PAGES.into_iter().find(|it| it.0 == word).unwrap_or(PAGES[0])
    };
    view! {
        <div class="state">
            <h1>{t(lang, "没有这个页面", "No such page")}</h1>
            <p>{move || url.path()}</p>
            <p>
                <a class="control" data-testid="nearest" href=move || url.href(&format!("/{}", nearest().0))>
                    {move || { let (_, zh, en) = nearest(); format!("{}{}", t(lang, "去最接近的页面：", "Go to the nearest page: "), t(lang, zh, en)) }}
                </a>
            </p>
        </div>
    }
}
