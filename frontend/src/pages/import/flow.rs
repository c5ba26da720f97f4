//! The steps of an import: file selected, columns read, mapped, previewed, committed, followed to its end. No drawing.

use std::sync::Arc;

use gloo_net::http::Method;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use nengce_shared::api::imports::{
    ImportJob, ImportMapping, ImportPreview, ImportProfile, MappedItem,
};
use nengce_shared::json::{FromJson, Json};
use nengce_shared::lang::Lang;
use wasm_bindgen::JsValue;
use web_sys::File;

use super::guess;
use crate::data::api_client::{ApiError, send, unreadable};
use crate::data::session::Session;
use crate::url_state::push_pair;

/// Between two questions for a job's progress.
const ASK_EVERY_MS: u32 = 300;

/// What is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Busy {
    Reading,
    Checking,
    Committing,
}

#[derive(Clone, Copy)]
pub struct Flow {
    pub kind: RwSignal<String>,
    file: StoredValue<Option<File>, LocalStorage>,
    /// Name and bytes of the selected file.
    pub selected: RwSignal<Option<(String, f64)>>,
    /// Header and first rows, before any meaning.
    pub bare: RwSignal<Option<Arc<ImportPreview>>>,
    pub mapping: RwSignal<ImportMapping>,
    /// The last look, and the mapping it was taken with.
    pub preview: RwSignal<Option<(ImportMapping, Arc<ImportPreview>)>>,
    pub job: RwSignal<Option<Arc<ImportJob>>>,
    pub busy: RwSignal<Option<Busy>>,
    pub error: RwSignal<Option<ApiError>>,
    pub profiles: Signal<Vec<ImportProfile>>,
    session: Session,
    lang: Lang,
}

impl Flow {
    pub fn new(
        kind: &str,
        unit: Option<String>,
        profiles: Signal<Vec<ImportProfile>>,
        session: Session,
        lang: Lang,
    ) -> Self {
        let mapping = ImportMapping { unit, ..ImportMapping::of_kind(kind) };
        Self {
            kind: RwSignal::new(kind.to_owned()),
            file: StoredValue::new_local(None),
            selected: RwSignal::new(None),
            bare: RwSignal::new(None),
            mapping: RwSignal::new(mapping),
            preview: RwSignal::new(None),
            job: RwSignal::new(None),
            busy: RwSignal::new(None),
            error: RwSignal::new(None),
            profiles,
            session,
            lang,
        }
    }

    /// The look at the file as it is mapped now.
    pub fn fresh(self) -> Option<Arc<ImportPreview>> {
        self.preview.with(|it| {
            let (taken_with, preview) = it.as_ref()?;
            self.mapping.with(|now| now == taken_with).then(|| preview.clone())
        })
    }

    /// Reads the columns of another file, guesses what they mean, and looks at it when the guess is whole.
    pub fn open(self, file: File) {
        self.selected.set(Some((file.name(), file.size())));
        self.file.set_value(Some(file));
        self.bare.set(None);
        self.preview.set(None);
        self.job.set(None);
        self.read(None, None);
    }

    /// Reads the columns of a sheet, with the header on a line of it.
    pub fn read(self, sheet: Option<String>, header_line: Option<u32>) {
        self.preview.set(None);
        self.job.set(None);
        self.run(Busy::Reading, async move {
            let kind = self.kind.get_untracked();
            let found = self.preview_without_mapping(&kind, sheet.as_deref(), header_line).await?;
            let guessed = guess::kind(&found.columns);
            let kind = if guessed == "readings" { kind } else { guessed.to_owned() };
            self.kind.set(kind.clone());
            let fits = |it: &&ImportProfile| it.mapping.kind == kind && it.columns == found.columns;
            let saved = self
                .profiles
                .with_untracked(|all| all.iter().find(fits).map(|it| it.mapping.clone()));
            let mut mapping = saved.unwrap_or_else(|| self.guess(&kind, &found));
            if sheet.is_some() || header_line.is_some() {
                (mapping.sheet, mapping.header_line) = (sheet, header_line);
            }
            self.mapping.set(mapping);
            self.bare.set(Some(Arc::new(found)));
            if complete(&self.mapping.get_untracked()) {
                self.fetch_preview().await?;
            }
            Ok(())
        });
    }

    /// Another kind: the columns are read anew, the look is gone.
    pub fn set_kind(self, kind: &str) {
        self.kind.set(kind.to_owned());
        self.preview.set(None);
        self.job.set(None);
        match self.bare.get_untracked() {
            Some(bare) => self.mapping.set(self.guess(kind, &bare)),
            None => self.mapping.set(ImportMapping::of_kind(kind)),
        }
    }

    fn guess(self, kind: &str, bare: &ImportPreview) -> ImportMapping {
        let (unit, sheet, header_line) =
            self.mapping.with_untracked(|it| (it.unit.clone(), it.sheet.clone(), it.header_line));
        let same = |it: &String| bare.sheet.as_ref() == Some(it);
        ImportMapping {
            unit,
            header_line: header_line.filter(|it| *it == bare.header_line),
            sheet: sheet.filter(same),
            ..guess::mapping(kind, bare)
        }
    }

    pub fn check(self) {
        self.job.set(None);
        self.run(Busy::Checking, async move { self.fetch_preview().await });
    }

    async fn fetch_preview(self) -> Result<(), ApiError> {
        self.busy.set(Some(Busy::Checking));
        let mapping = self.mapping.get_untracked();
        let found: ImportPreview = self.post(&mapping.kind, "preview", Some(&mapping)).await?;
        self.preview.set(Some((mapping, Arc::new(found))));
        Ok(())
    }

    /// Commits the file as it was looked at and follows the job.
    pub fn commit(self) {
        let Some((mapping, _)) = self.preview.get_untracked() else {
            return;
        };
        self.run(Busy::Committing, async move {
            let mut job: ImportJob = self.post(&mapping.kind, "jobs", Some(&mapping)).await?;
            let path = format!("/api/v1/imports/jobs/{}", job.job_id);
            loop {
                let running = job.state == "running";
                if self.job.try_set(Some(Arc::new(job))).is_some() || !running {
                    return Ok(());
                }
                TimeoutFuture::new(ASK_EVERY_MS).await;
                job = self.answer(send(Method::GET, &path, None, self.lang).await?)?;
            }
        });
    }

    fn run(self, busy: Busy, work: impl Future<Output = Result<(), ApiError>> + 'static) {
        if self.busy.get_untracked().is_some() {
            return;
        }
        self.busy.set(Some(busy));
        self.error.set(None);
        // Not generic from here on: one copy in the program.
        self.follow(Box::pin(work));
    }

    fn follow(self, work: std::pin::Pin<Box<dyn Future<Output = Result<(), ApiError>>>>) {
        leptos::task::spawn_local(async move {
            if let Err(error) = work.await {
                self.session.refused(error.status);
                self.error.try_set(Some(error));
            }
            self.busy.try_set(None);
        });
    }

    async fn preview_without_mapping(
        self,
        kind: &str,
        sheet: Option<&str>,
        header_line: Option<u32>,
    ) -> Result<ImportPreview, ApiError> {
        let mut query = String::new();
        push_pair(&mut query, "sheet", sheet);
        let line = header_line.map(|it| it.to_string());
        push_pair(&mut query, "header_line", line.as_deref());
        self.post_with(kind, "preview", query).await
    }

    async fn post<T: FromJson>(
        self,
        kind: &str,
        to: &str,
        mapping: Option<&ImportMapping>,
    ) -> Result<T, ApiError> {
        let mut query = String::new();
        let mapping = mapping.and_then(|it| serde_json::to_string(it).ok());
        push_pair(&mut query, "mapping", mapping.as_deref());
        self.post_with(kind, to, query).await
    }

    async fn post_with<T: FromJson>(
        self,
        kind: &str,
        to: &str,
        mut query: String,
    ) -> Result<T, ApiError> {
        let name = self.selected.with_untracked(|it| it.as_ref().map(|it| it.0.clone()));
        push_pair(&mut query, "file", name.as_deref());
        let file = self.file.with_value(|it| it.clone().map(JsValue::from));
        let path = format!("/api/v1/imports/{kind}/{to}?{query}");
        self.answer(send(Method::POST, &path, file, self.lang).await?)
    }

    fn answer<T: FromJson>(self, json: Json) -> Result<T, ApiError> {
        T::from_json(json).map_err(|reason| unreadable(&reason, self.lang))
    }
}

/// Whether a preview can be requested: a person has filled in every field that the file does not answer.
pub fn complete(mapping: &ImportMapping) -> bool {
    let said = |it: &Option<String>| it.as_deref().is_some_and(|it| !it.trim().is_empty());
    mapping.kind != "readings"
        || ((said(&mapping.unit) || said(&mapping.unit_column))
            && said(&mapping.time_column)
            && !mapping.items.is_empty()
            && mapping.items.iter().all(|it| !it.data_code.trim().is_empty() && measured(it)))
}

/// Whether it is known what a column's values are multiplied by.
pub fn measured(item: &MappedItem) -> bool {
    item.multiplier.is_some() || item.unit_column.is_some()
}
