//! Dictionaries that come down: a new edition of a platform above is fetched, offered with what it would change, and applied
//! when somebody decides so, at once or on a day.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use nengce_client::ClientError;
use nengce_core::reference::{Dictionaries, DictionaryName, texts};
use nengce_shared::link::OfferState;
use serde_json::json;

use super::Upper;
use super::failure::{self, RoundError};
use super::registration;
use crate::clock::{self, Clock};
use crate::config::Config;
use crate::store::Store;
use crate::store::audit::scope::ChangeNote;
use crate::store::change::Transaction;
use crate::store::dictionaries as stored;
use crate::store::link::offers::{self, Offer};
use crate::store::link::{units, upper as standings};

/// Who applies an edition on the day that somebody named before.
const SCHEDULE: &str = "link";

/// Asks a platform above for the edition that it has, and fetches another one than the last; whether it answered.
pub(super) async fn ask(
    upper: &Upper,
    store: &Store,
    config: &Config,
    clock: &Clock,
) -> Result<bool, RoundError> {
    apply_scheduled(store, clock).await?;
    let again = Duration::from_secs(60 * u64::from(config.link_check_minutes.max(1)));
    if upper.dictionaries_asked.lock().is_some_and(|at| at.elapsed() < again) {
        return Ok(false);
    }
    let name = upper.config.name.clone();
    let (standing, all) = store
        .read(move |conn| Ok((standings::standing(conn, &name)?, units::standings(conn, &name)?)))
        .await?;
    let registered = all.iter().find(|it| it.1.registration.is_some() && it.1.failure.is_none());
    let Some((unit_id, of_unit)) = registered else { return Ok(false) };
    let Some(unit) = store.registry().unit(*unit_id).cloned() else { return Ok(false) };
    let known = registration::known(upper, store, &unit.enterprise_code, of_unit)?;
    let Some((given, false)) = known else {
        return Ok(false);
    };
    let centre = upper.centre.for_unit(&unit.enterprise_code, &unit.region_code);
    let version = match centre.versions(&given).await {
        Ok(it) => it.dictionaries,
        Err(error) if failure::is_of_platform(&error) => return Err(error.into()),
        Err(error) => return skip(upper, &error),
    };
    if !version.is_empty() && standing.dic_version.as_ref() != Some(&version) {
        let body = match centre.dictionary_files(&given).await {
            Ok(it) => it,
            Err(error) if failure::is_of_platform(&error) => return Err(error.into()),
            Err(error) => return skip(upper, &error),
        };
        let content: BTreeMap<String, String> = texts(&body["data"])
            .into_iter()
            .map(|(name, text)| (name.as_str().to_owned(), text))
            .collect();
        let differs = differs(&store.dictionaries(), &content);
        let (name, now) = (upper.config.name.clone(), clock.now());
        store
            .write_apart(move |conn| {
                if differs {
                    offers::put(conn, &name, &version, &content, now)?;
                }
                standings::note_dictionaries(conn, &name, &version)
            })
            .await?;
    }
    *upper.dictionaries_asked.lock() = Some(Instant::now());
    Ok(true)
}

/// The unit through which was asked is refused: another one is taken next time.
fn skip(upper: &Upper, error: &ClientError) -> Result<bool, RoundError> {
    tracing::warn!(upper = upper.config.name, %error, "the dictionaries above are not known");
    *upper.dictionaries_asked.lock() = Some(Instant::now());
    Ok(true)
}

/// Whether an edition differs from the dictionaries in force, or cannot be used: then somebody has to look at it.
fn differs(in_force: &Dictionaries, content: &BTreeMap<String, String>) -> bool {
    !content.is_empty()
        && preview(in_force, content).map_or(true, |it| !in_force.differences(&it).is_empty())
}

/// The dictionaries as an edition would make them.
///
/// # Errors
/// The dictionary that cannot be used, and why in Chinese and English.
pub fn preview(
    in_force: &Dictionaries,
    content: &BTreeMap<String, String>,
) -> Result<Dictionaries, (DictionaryName, String, String)> {
    let known = content.iter();
    let known = known.filter_map(|(name, text)| Some((DictionaryName::parse(name)?, text.clone())));
    in_force.with_texts(&known.collect())
}

/// Puts an edition in force: every dictionary in which it differs.
pub fn apply(
    write: &mut Transaction<'_>,
    offer: &Offer,
    (by, at): (&str, jiff::civil::DateTime),
) -> crate::store::Result<()> {
    let in_force = write.dictionaries();
    let refuse = |(name, zh, en): (DictionaryName, String, String)| {
        let name = name.as_str();
        crate::store::StoreError::Refused(format!("{name}：{zh} / {name}: {en}"))
    };
    let changed = preview(&in_force, &offer.content).map_err(refuse)?;
    let text = clock::text(at);
    for it in in_force.differences(&changed) {
        stored::replace(write.conn, &changed, it.name, &text, &format!("link:{}", offer.upper))?;
    }
    write.use_dictionaries(changed);
    offers::decide(write.conn, offer.offer_id, OfferState::Applied, offer.effective_on, by, at)?;
    let after = json!({"upper": offer.upper, "version": offer.version, "state": "applied"});
    write.note_change(ChangeNote {
        object: format!("dictionaries/{}", offer.upper),
        ..ChangeNote::after(after)
    });
    Ok(())
}

/// Applies the editions whose day has come.
async fn apply_scheduled(store: &Store, clock: &Clock) -> Result<(), RoundError> {
    let today = clock.today();
    let due = store.read(move |conn| offers::due(conn, today)).await?;
    for offer in due {
        let by = offer.decided_by.clone().unwrap_or_else(|| SCHEDULE.to_owned());
        let now = clock.now();
        let done = store.write(move |write| apply(write, &offer, (&by, now))).await;
        if let Err(error) = done {
            tracing::warn!(%error, "an edition of the dictionaries was not applied on its day");
        }
    }
    Ok(())
}
