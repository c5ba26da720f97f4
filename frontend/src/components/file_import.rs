//! A file that is looked at first and then taken whole: the server names each wrong cell with its reason, and stores nothing
//! while there is one.

use gloo_net::http::Method;
use leptos::prelude::*;
use nengce_shared::api::account::WrongCell;
use nengce_shared::json::FromJson;
use nengce_shared::lang::Lang;
use web_sys::File;

use crate::components::file_choice::FileChoice;
use crate::data::api_client::{ApiError, send, unreadable};
use crate::i18n::{t, use_lang};

/// The file that was chosen, and what the server answered to it last.
pub struct FileImport<T: Send + Sync + 'static> {
    pub outcome: RwSignal<Option<T>>,
    pub failed: RwSignal<Option<ApiError>>,
    pub busy: RwSignal<bool>,
    file: StoredValue<Option<File>, LocalStorage>,
    path: Signal<String>,
    /// Hears that something was stored.
    changed: Callback<()>,
    lang: Lang,
}

impl<T: Send + Sync + 'static> Clone for FileImport<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for FileImport<T> {}

impl<T: FromJson + Send + Sync + 'static> FileImport<T> {
    pub fn new(path: Signal<String>, changed: Callback<()>) -> Self {
        Self {
            outcome: RwSignal::new(None),
            failed: RwSignal::new(None),
            busy: RwSignal::new(false),
            file: StoredValue::new_local(None),
            path,
            changed,
            lang: use_lang(),
        }
    }

    /// Stores what was looked at.
    pub fn take(self) {
        self.run(false);
    }

    fn run(self, dry_run: bool) {
        let Some(file) = self.file.get_value().filter(|_| !self.busy.get_untracked()) else {
            return;
        };
        self.busy.set(true);
        let path = format!("{}?dry_run={dry_run}", self.path.get_untracked());
        leptos::task::spawn_local(async move {
            let answer = post::<T>(&file, &path, self.lang).await;
            self.busy.try_set(false);
            let stored = !dry_run && answer.is_ok();
            self.failed.try_set(answer.as_ref().err().cloned());
            self.outcome.try_set(answer.ok());
            if stored {
                self.changed.run(());
            }
        });
    }

    fn select(self, file: File) {
        self.file.set_value(Some(file));
        self.outcome.set(None);
        self.run(true);
    }
}

async fn post<T: FromJson>(file: &File, path: &str, lang: Lang) -> Result<T, ApiError> {
    let json = send(Method::POST, path, Some(file.clone().into()), lang).await?;
    T::from_json(json).map_err(|reason| unreadable(&reason, lang))
}

/// The button that chooses a file, what stands beside it, and when the file is stored.
#[component]
pub fn FileField<T: FromJson + Send + Sync + 'static>(
    id: &'static str,
    import: FileImport<T>,
    /// When the file is stored, in words.
    rule: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let lang = use_lang();
    let state = format!("{id}-state");
    view! {
        <div class="drop">
            <FileChoice id accept=".csv,.xlsx,.xls" label=t(lang, "选择文件", "Choose a file") described_by=state.clone() chosen=Callback::new(move |file| import.select(file)) />
            {children.map(|it| it())}
            <p id=state class="note" role="status">
                {move || if import.busy.get() { t(lang, "正在读取…", "Reading…") } else { rule }}
            </p>
        </div>
    }
}

/// The wrong cells of a file, where there are any.
pub fn wrong_cells(cells: &[WrongCell], lang: Lang) -> Option<impl IntoView + use<>> {
    let row = |it: &WrongCell| {
        view! { <tr><td>{it.row}</td><td>{it.field.clone()}</td><td class="wraps">{it.reason.clone()}</td></tr> }
    };
    let rows = cells.iter().map(row).collect_view();
    (!cells.is_empty()).then(|| view! {
        <div class="table-scroll">
            <table class="data">
                <thead><tr><th scope="col">{t(lang, "行", "Row")}</th><th scope="col">{t(lang, "列", "Column")}</th><th scope="col">{t(lang, "原因", "Reason")}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    })
}
