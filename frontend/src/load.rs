//! The data of a page, kept current: requests them again when the address or the data version changes, keeps old data
//! meanwhile, and ignores answers that come too late. `components::states::Loaded` shows them.

use std::cell::RefCell;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use nengce_shared::json::{FromJson, Json, Mismatch};
use nengce_shared::lang::Lang;
use web_sys::AbortController;

use crate::answer_cache::{Answer, find, put};
use crate::data::api_client::{ApiError, get_value, unreadable};
use crate::data::meta::{use_data_version, use_quality_version};
use crate::data::session::use_session;
use crate::frame_delay::delayed;
use crate::i18n::use_lang;

thread_local! {
    /// What is fetched ahead: one request under way, a newer one in its place.
    static FETCHED_AHEAD: RefCell<Option<AbortController>> = const { RefCell::new(None) };
}

/// An answer on its way or there.
pub struct Load<T: Send + Sync + 'static> {
    pub data: Signal<Option<Arc<T>>>,
    pub error: RwSignal<Option<ApiError>>,
    /// True while an answer to another question is on its way; quiet refreshes do not show.
    pub loading: RwSignal<bool>,
    attempt: RwSignal<Attempt>,
}

impl<T: Send + Sync + 'static> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Load<T> {}

impl<T: Send + Sync + 'static> Load<T> {
    pub fn retry(self) {
        self.attempt.update(|it| it.by_hand += 1);
    }

    /// Asks again without a sign of it; a failure leaves what is on screen.
    pub fn refresh(self) {
        self.attempt.update(|it| it.by_itself += 1);
    }

    /// Something made of the answer; nothing while an error stands in its place.
    pub fn answer<U>(self, make: impl FnOnce(&T) -> U) -> Option<U> {
        if self.error.with(Option::is_some) {
            return None;
        }
        self.data.with(|data| data.as_deref().map(make))
    }

    /// The same answer some painted frames later.
    pub fn delayed(self, frames: u32) -> Self {
        Self { data: delayed(self.data, frames), ..self }
    }

    /// A text made of the answer; empty until there is one.
    pub fn text(self, words: impl Fn(&T) -> String + Send + Sync + 'static) -> Signal<String> {
        Signal::derive(move || self.data.with(|it| it.as_deref().map(&words)).unwrap_or_default())
    }

    /// A part of the answer as a signal; `None` until there is one.
    pub fn map<U: Send + Sync + 'static>(
        self,
        part: impl Fn(&T) -> U + Send + Sync + 'static,
    ) -> Signal<Option<U>> {
        Signal::derive(move || self.data.with(|data| data.as_deref().map(&part)))
    }
}

/// Asks for `path()` now and whenever it or the data change; `None` asks for nothing.
pub fn use_load<T>(path: impl Fn() -> Option<String> + 'static) -> Load<T>
where
    T: FromJson + Send + Sync + 'static,
{
    requested(path).0
}

/// A load, and the signal that shows its answers.
fn requested<T>(path: impl Fn() -> Option<String> + 'static) -> (Load<T>, RwSignal<Option<Arc<T>>>)
where
    T: FromJson + Send + Sync + 'static,
{
    let data = RwSignal::new(None);
    let load = Load {
        data: data.into(),
        error: RwSignal::new(None),
        loading: RwSignal::new(false),
        attempt: RwSignal::new(Attempt::default()),
    };
    follow(
        Box::new(path),
        (load.error, load.loading, load.attempt),
        Shape {
            read: |json| Ok(Arc::new(T::from_json(json)?)),
            show: Arc::new(move |answer| match answer.downcast::<T>() {
                Ok(answer) => {
                    data.set(Some(answer));
                    true
                }
                Err(_) => false,
            }),
            shows: Arc::new(move || data.with_untracked(Option::is_some)),
        },
    );
    (load, data)
}

/// As `use_load`, but answered in the browser whenever `here` can; then nobody is asked.
pub fn use_linked<T>(
    path: impl Fn() -> Option<String> + 'static,
    here: impl Fn() -> Option<Arc<T>> + 'static,
) -> Load<T>
where
    T: FromJson + Send + Sync + 'static,
{
    let answered = RwSignal::new(false);
    let (load, data) = requested(move || if answered.get() { None } else { path() });
    Effect::new(move |_| {
        let answer = here();
        answered.maybe_update(|it| std::mem::replace(it, answer.is_some()) != answer.is_some());
        if answer.is_some() {
            data.set(answer);
            load.error.set(None);
        }
    });
    load
}

/// Fetches what will be asked for, if the newest answer is not kept; nobody waits for it.
pub fn fetch_ahead<T>(path: String, version: u64, lang: Lang)
where
    T: FromJson + Send + Sync + 'static,
{
    if version == 0 || find(&path).is_some_and(|(at, _)| at == version) {
        return;
    }
    let controller = AbortController::new().ok();
    let signal = controller.as_ref().map(AbortController::signal);
    if let Some(earlier) = FETCHED_AHEAD.replace(controller) {
        earlier.abort();
    }
    spawn_local(async move {
        if let Ok((json, bytes)) = get_value(&path, lang, signal.as_ref()).await
            && let Ok(data) = T::from_json(json)
        {
            put(path, version, bytes, Arc::new(data));
        }
    });
}

/// All that differs between one kind of answer and another; the rest is one copy in the program.
struct Shape {
    read: fn(Json) -> Result<Answer, Mismatch>,
    /// False when the answer is of another kind.
    show: Arc<dyn Fn(Answer) -> bool>,
    shows: Arc<dyn Fn() -> bool>,
}

/// Whether an answer depends on what was assessed.
fn follows_assessing(path: &str) -> bool {
    ["/api/v1/quality/findings", "/api/v1/quality/units"].iter().any(|it| path.starts_with(it))
}

/// How often the same was asked again.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Attempt {
    by_hand: u32,
    by_itself: u32,
}

/// Path, attempts by hand, and who asks.
type Question = (Option<String>, u32, (bool, Option<String>));

type State = (RwSignal<Option<ApiError>>, RwSignal<bool>, RwSignal<Attempt>);

fn follow(path: Box<dyn Fn() -> Option<String>>, (error, loading, attempt): State, shape: Shape) {
    let (lang, session) = (use_lang(), use_session());
    let (data, quality_version) = (use_data_version(), use_quality_version());
    // What quality rules assessed follows the assessing too: both numbers only rise, so their sum tells a change of either.
    let version = move |of: &str| {
        if follows_assessing(of) { data.get() + quality_version.get() } else { data.get() }
    };
    let flight: StoredValue<Option<AbortController>, LocalStorage> = StoredValue::new_local(None);
    let latest = StoredValue::new(0u64);
    Effect::new(move |before: Option<(Question, Attempt, u64)>| {
        // Who asks decides what may be seen: a change of that is another question.
        let (path, attempt, who) = (path(), attempt.get(), session.identity());
        let now_version = version(path.as_deref().unwrap_or_default());
        let now = ((path.clone(), attempt.by_hand, who), attempt, now_version);
        let again = before.as_ref().is_some_and(|(_, was, _)| *was != attempt);
        let quiet = before.as_ref().is_some_and(|(was, ..)| *was == now.0);
        // Learning the version for the first time is no change of data.
        let learned = quiet && !again && before.is_some_and(|(.., was)| was == 0);
        if learned {
            return now;
        }
        flight.update_value(|it| it.take().into_iter().for_each(|earlier| earlier.abort()));
        latest.update_value(|it| *it += 1);
        let Some(asked) = path else {
            loading.set(false);
            return now;
        };
        let number = latest.get_value();
        if let Some((cached_at, _)) = find(&asked).filter(|(_, data)| (shape.show)(data.clone())) {
            error.set(None);
            // What is asked for once more is asked for, though the data have not changed.
            if !again && cached_at == now_version && now_version > 0 {
                loading.set(false);
                return now;
            }
        } else if !quiet {
            loading.set(true);
        }
        let controller = AbortController::new().ok();
        let signal = controller.as_ref().map(AbortController::signal);
        flight.set_value(controller);
        let (read, show, shows) = (shape.read, shape.show.clone(), shape.shows.clone());
        spawn_local(async move {
            let answer = get_value(&asked, lang, signal.as_ref()).await.and_then(
                |(json, bytes)| match read(json) {
                    Ok(data) => Ok((data, bytes)),
                    Err(reason) => Err(unreadable(&reason, lang)),
                },
            );
            if latest.try_get_value() != Some(number) {
                return;
            }
            match answer {
                Ok((data, bytes)) => {
                    let known = untrack(|| version(&asked));
                    put(asked, known, bytes, data.clone());
                    show(data);
                    error.set(None);
                }
                // A refresh that failed leaves what is on screen; its data time says how old it is.
                Err(_) if quiet && shows() => {}
                Err(reason) => error.set(Some(reason)),
            }
            loading.set(false);
        });
        now
    });
    on_cleanup(move || {
        flight.try_update_value(|it| it.take().into_iter().for_each(|earlier| earlier.abort()));
    });
}
