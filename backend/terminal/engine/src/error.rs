//! What can go wrong in the engine: a stable code, the place, the reason and what to do, in both languages.

use nengce_shared::lang::Lang;

/// An error of the engine.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The store cannot be read or written.
    #[error("{}", self.text(Lang::En))]
    Store(String),
    /// The disk or the bound of the store is full.
    #[error("{}", self.text(Lang::En))]
    Full,
    /// No such point.
    #[error("{}", self.text(Lang::En))]
    UnknownPoint(String),
    /// No such centre.
    #[error("{}", self.text(Lang::En))]
    UnknownCentre(String),
    /// A setting or an entry is not usable: the field, and the reason in Chinese and English.
    #[error("{}", self.text(Lang::En))]
    Invalid {
        /// Which field.
        field: &'static str,
        /// Why, and what to do.
        zh: String,
        /// Why, and what to do.
        en: String,
    },
}

impl EngineError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Store(_) => "store_unusable",
            Self::Full => "store_full",
            Self::UnknownPoint(_) => "unknown_point",
            Self::UnknownCentre(_) => "unknown_centre",
            Self::Invalid { .. } => "invalid_entry",
        }
    }

    /// The reason and what to do.
    pub fn text(&self, lang: Lang) -> String {
        let (zh, en) = match self {
            Self::Store(why) => (
                format!("本地存储无法读写：{why}。请检查目录、权限和磁盘。"),
                format!("The local store cannot be used: {why}. Check its folder, rights and disk."),
            ),
            Self::Full => (
                "本地存储已满，新数据暂存于内存。请恢复上报、清理磁盘或提高 max_disk_mb。".into(),
                "The local store is full; new values wait in memory. Restore sending, free the disk or raise max_disk_mb.".into(),
            ),
            Self::UnknownPoint(id) => (
                format!("没有采集点 {id}。请核对点表。"),
                format!("There is no point {id}. Check the point table."),
            ),
            Self::UnknownCentre(name) => (
                format!("没有中心 {name}。请核对配置。"),
                format!("There is no centre {name}. Check the settings."),
            ),
            Self::Invalid { field, zh, en } => (format!("{field}：{zh}"), format!("{field}: {en}")),
        };
        lang.pick(&zh, &en).to_owned()
    }
}
