//! Where the figures come from and how fresh they are, in words: for exported files and for paper.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::meta::Meta;
use nengce_shared::lang::Lang;

use crate::i18n::t;

pub fn source(meta: Signal<Option<Arc<Meta>>>, lang: Lang) -> String {
    meta.with(|meta| {
        let Some(meta) = meta.as_deref() else {
            return String::new();
        };
        let mut parts = vec![lang.pick(&meta.system_zh, &meta.system_en).to_owned()];
        if let Some(time) = &meta.data_time {
            parts.push(format!("{} {time}", t(lang, "数据时间", "Data time")));
        }
        parts.push(format!("{} {}", t(lang, "折标系数", "Factors"), meta.editions.factor));
        if meta.demo {
            parts.push(t(lang, "示意数据", "Invented data").to_owned());
        }
        parts.join(" · ")
    })
}
