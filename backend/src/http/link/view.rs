//! The page of the link as one answer.

use jiff::civil::DateTime;
use nengce_shared::api::link::{
    DictionaryChange, DictionaryOffer, DictionaryRowChange, LinkUnit, LinkView, UpperPlatform,
};
use nengce_shared::lang::Lang;
use nengce_shared::link::{LinkState, OfferState};

use crate::clock;
use crate::http::content::problem::ApiResult;
use crate::http::state::AppState;
use crate::link::{Upper, dictionaries, rules};
use crate::store::link::offers::{self, Offer};
use crate::store::link::upper::Standing;
use crate::store::link::{below_units, figures, upper};

/// Editions of the dictionaries that are shown, and rows of a change.
const MOST_OFFERS: u32 = 20;
const MOST_ROWS: usize = 50;

/// Everything that the page shows.
pub(super) async fn view(state: &AppState) -> ApiResult<LinkView> {
    let uppers = uppers(state).await?;
    let yesterday = state.clock.today().yesterday().unwrap_or(state.clock.today());
    let (belows, offers) = state
        .store
        .read(move |conn| {
            Ok((below_units::list(conn, yesterday)?, offers::newest(conn, MOST_OFFERS)?))
        })
        .await?;
    Ok(LinkView {
        uppers,
        belows,
        offers: offers.iter().map(|it| offer(state, it)).collect(),
        dic_version: state.dictionaries().dic_version().to_owned(),
    })
}

/// How each link to a platform above stands.
pub(super) async fn uppers(state: &AppState) -> ApiResult<Vec<UpperPlatform>> {
    let mut found = Vec::new();
    for it in &state.link.uppers {
        found.push(platform(state, it).await?);
    }
    Ok(found)
}

async fn platform(state: &AppState, it: &Upper) -> ApiResult<UpperPlatform> {
    let (name, now) = (it.config.name.clone(), state.clock.now());
    let (standing, waiting, days, of_units) = state
        .store
        .read(move |conn| {
            let standing = upper::standing(conn, &name)?;
            let waiting = figures::waiting(conn, &name)?;
            let days = figures::days(conn, &name)?;
            Ok((standing, waiting, days, figures::units(conn, &name)?))
        })
        .await?;
    let of_units: Vec<_> = of_units
        .iter()
        .filter(|unit| rules::takes_unit(&it.config, &unit.enterprise_code, &unit.region_code))
        .collect();
    let count =
        |which: &dyn Fn(&LinkUnit) -> bool| of_units.iter().filter(|it| which(it)).count() as u32;
    let since: Option<DateTime> = waiting.since.as_deref().and_then(clock::read);
    let lag = |since: DateTime| u64::try_from(now.duration_since(since).as_secs()).unwrap_or(0);
    let refused = count(&|it| !it.code.is_empty());
    let state = state_of(&standing, of_units.len(), refused);
    let failure = standing.failure;
    let text = |of: fn(&upper::Failure) -> &String| failure.as_ref().map(of).cloned();
    Ok(UpperPlatform {
        name: it.config.name.clone(),
        url: it.config.url.clone(),
        profile: it.config.profile.clone(),
        rules_zh: rules::words(&it.config, Lang::Zh),
        rules_en: rules::words(&it.config, Lang::En),
        state,
        code: text(|it| &it.code).unwrap_or_default(),
        reason_zh: text(|it| &it.zh).unwrap_or_default(),
        reason_en: text(|it| &it.en).unwrap_or_default(),
        failed_at: text(|it| &it.at),
        sent_at: standing.sent_at,
        paused_by: standing.paused_by,
        paused_at: standing.paused_at,
        units: of_units.len() as u32,
        units_registered: count(&|it| it.registered),
        units_refused: refused,
        due_item_days: waiting.item_days,
        due_since: waiting.since,
        lag_seconds: since.map(lag),
        refused_entries: waiting.refused,
        days,
    })
}

fn state_of(standing: &Standing, units: usize, refused: u32) -> LinkState {
    match (&standing.paused_by, &standing.failure) {
        (Some(_), _) => LinkState::Paused,
        (None, Some(_)) => LinkState::Waiting,
        (None, None) if units > 0 && refused as usize == units => LinkState::Refused,
        (None, None) => LinkState::Working,
    }
}

fn offer(state: &AppState, it: &Offer) -> DictionaryOffer {
    let is_open = matches!(it.state, OfferState::Offered | OfferState::Scheduled);
    let in_force = state.dictionaries();
    let previewed = is_open.then(|| dictionaries::preview(&in_force, &it.content));
    let (changes, problem) = match previewed {
        None => (Vec::new(), None),
        Some(Err(problem)) => (Vec::new(), Some(problem)),
        Some(Ok(other)) => (in_force.differences(&other), None),
    };
    let change = |it: nengce_core::reference::Difference| DictionaryChange {
        dictionary: it.name.as_str().to_owned(),
        added: it.rows.iter().filter(|it| it.0.is_none()).count() as u32,
        removed: it.rows.iter().filter(|it| it.1.is_none()).count() as u32,
        rows: it
            .rows
            .into_iter()
            .take(MOST_ROWS)
            .map(|(before, after)| DictionaryRowChange { before, after })
            .collect(),
    };
    let (problem_zh, problem_en) = match problem {
        None => (String::new(), String::new()),
        Some((name, zh, en)) => {
            (format!("{}：{zh}", name.as_str()), format!("{}: {en}", name.as_str()))
        }
    };
    DictionaryOffer {
        offer_id: it.offer_id,
        upper: it.upper.clone(),
        version: it.version.clone(),
        received_at: it.received_at.clone(),
        state: it.state,
        effective_on: it.effective_on.map(|it| it.to_string()),
        decided_by: it.decided_by.clone(),
        decided_at: it.decided_at.clone(),
        changes: changes.into_iter().map(change).collect(),
        problem_zh,
        problem_en,
    }
}
