//! Shows when the figures on screen are incomplete: roll-ups are behind by more than a few seconds, quality rules have
//! more than a minute of work, or the server takes no uploads, with the reason. Shows nothing otherwise.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use nengce_shared::api::meta::DemoFilling;
use nengce_shared::api::quality::QualityStatus;
use nengce_shared::json::{Fields, FromJson, Json};
use nengce_shared::lang::Lang;
use nengce_shared::number;
use nengce_shared::warning::WarningLevel;

use crate::components::badge::level_shape;
use crate::data::api_client::{get_any_status, get_json};
use crate::data::meta::use_meta;
use crate::i18n::{t, use_lang};

const CALM_MS: u32 = 10_000;
const BEHIND_MS: u32 = 2_000;
/// Shorter lags are the normal course of things.
const SAID_FROM_SECONDS: f64 = 5.0;
/// Less work than this is done before it is read.
const QUALITY_SAID_FROM_SECONDS: f64 = 60.0;

/// Days that wait for the quality rules, the oldest of them, and how many are assessed in a minute.
#[derive(Debug, Clone, PartialEq)]
struct QualityBacklog {
    days: u64,
    oldest: Option<String>,
    per_minute: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct ServiceState {
    /// Why no data are taken; empty text where the server gives no reason.
    closed: Option<String>,
    rollups: Option<f64>,
    quality: Option<QualityBacklog>,
}

#[component]
pub fn ServiceNotice() -> impl IntoView {
    let lang = use_lang();
    let (state, meta) = (RwSignal::new(ServiceState::default()), use_meta());
    spawn_local(async move {
        let mut behind_since = None::<f64>;
        loop {
            if !document().hidden() {
                let now = ask(&mut behind_since, lang).await;
                if state.try_maybe_update(|it| (*it != now, *it = now)).is_none() {
                    return;
                }
            } else if state.is_disposed() {
                return;
            }
            TimeoutFuture::new(if behind_since.is_some() { BEHIND_MS } else { CALM_MS }).await;
        }
    });
    move || {
        let it = state.get();
        let mut parts = Vec::new();
        if let Some(filling) = meta.with(|meta| meta.as_ref()?.filling.clone()) {
            parts.push(filling_words(&filling, lang));
        }
        if let Some(seconds) = it.rollups {
            parts.push(match lang {
                Lang::Zh => format!("汇总落后 {}，新到读数还未全部计入", time(seconds, lang)),
                Lang::En => format!(
                    "Roll-ups are {} behind: not every new reading is counted yet",
                    time(seconds, lang)
                ),
            });
        }
        if let Some(backlog) = it.quality {
            parts.push(backlog_words(&backlog, lang));
        }
        let closed = it.closed.map(|reason| {
            view! {
                <aside class="service-notice down" aria-label=t(lang, "服务状态", "Service")>
                    {level_shape(WarningLevel::Level1)}
                    <p role="alert"><b>{t(lang, "平台暂不接收数据", "The platform takes no data now")}</b>" "{why(&reason, lang)}</p>
                </aside>
            }
        });
        let drill_down = (!parts.is_empty()).then(|| {
            view! {
                <aside class="service-notice" aria-label=t(lang, "数据新鲜度", "Freshness")>
                    {level_shape(WarningLevel::Level2)}
                    <p role="status" data-testid="service-notice">{parts.join(t(lang, "；", "; "))}</p>
                </aside>
            }
        });
        view! { {closed} {drill_down} }
    }
}

async fn ask(behind_since: &mut Option<f64>, lang: Lang) -> ServiceState {
    let mut state = ServiceState::default();
    let Some(ready) = get_any_status("/readyz").await else {
        // The panels say that the server cannot be reached.
        return state;
    };
    let mut fields = Fields::of(ready).ok();
    let mut field = |name: &str| fields.as_mut().and_then(|it| it.find(name));
    let is =
        |it: Option<Json>, wanted: bool| it.and_then(|it| bool::from_json(it).ok()) == Some(wanted);
    if is(field("ready"), false) {
        state.closed =
            Some(field("reason").and_then(|it| String::from_json(it).ok()).unwrap_or_default());
    }
    let now = js_sys::Date::now() / 1000.0;
    *behind_since = is(field("rollups_behind"), true).then(|| behind_since.unwrap_or(now));
    state.rollups = behind_since.map(|since| now - since).filter(|it| *it >= SAID_FROM_SECONDS);
    if let Ok(status) = get_json::<QualityStatus>("/api/v1/quality/status", lang, None).await {
        state.quality = quality_backlog(status);
    }
    state
}

/// 「演示城市正在填充 200/286，…」
fn filling_words(filling: &DemoFilling, lang: Lang) -> String {
    let DemoFilling { units_done, units } = filling;
    match lang {
        Lang::Zh => format!("演示城市正在填充 {units_done}/{units}，各页只含已到的数据"),
        Lang::En => format!(
            "The demo city is being filled, {units_done} of {units} units: pages hold what has come so far"
        ),
    }
}

/// What quality is behind by, where assessing it takes a minute or more.
fn quality_backlog(status: QualityStatus) -> Option<QualityBacklog> {
    let work_seconds = match status.days_per_minute {
        Some(rate) => status.behind_days as f64 / rate * 60.0,
        // Nothing was assessed lately: only the waiting says how much it is.
        None => status.behind_seconds,
    };
    (status.behind_days > 0 && work_seconds >= QUALITY_SAID_FROM_SECONDS).then_some(
        QualityBacklog {
            days: status.behind_days,
            oldest: status.oldest_day,
            per_minute: status.days_per_minute,
        },
    )
}

/// 「质量判定落后：12,480 个采集项日待判，最早 2025-03-01；每分钟约 2,100 个，还需 6 分钟」
fn backlog_words(backlog: &QualityBacklog, lang: Lang) -> String {
    let days = number::grouped(backlog.days as f64, 0);
    let mut words = match lang {
        Lang::Zh => format!("质量判定落后：{days} 个采集项日待判"),
        Lang::En => format!("Quality is behind: {days} item days wait to be assessed"),
    };
    if let Some(oldest) = &backlog.oldest {
        words += &match lang {
            Lang::Zh => format!("，最早 {oldest}"),
            Lang::En => format!(", the oldest of {oldest}"),
        };
    }
    if let Some(rate) = backlog.per_minute {
        let (left, rate) =
            (time(backlog.days as f64 / rate * 60.0, lang), number::grouped(rate, 0));
        words += &match lang {
            Lang::Zh => format!("，每分钟约 {rate} 个，还需 {left}"),
            Lang::En => format!(", about {rate} a minute, {left} to go"),
        };
    }
    words
}

fn time(seconds: f64, lang: Lang) -> String {
    match (seconds < 120.0, lang) {
        (true, Lang::Zh) => format!("{seconds:.0} 秒"),
        (true, Lang::En) => format!("{seconds:.0} s"),
        (false, Lang::Zh) => format!("{:.0} 分钟", seconds / 60.0),
        (false, Lang::En) => format!("{:.0} min", seconds / 60.0),
    }
}

/// The reason in the language of the page where it is one that is known.
fn why(reason: &str, lang: Lang) -> String {
    let figures: Vec<&str> =
        reason.split(|it: char| !it.is_ascii_digit()).filter(|it| !it.is_empty()).collect();
    match (figures.as_slice(), lang) {
        ([free, needed], Lang::Zh) if reason.contains("free on the disk") => {
            format!("数据盘只剩 {free} MiB，至少需要 {needed} MiB。腾出空间后自动恢复。")
        }
        (_, Lang::En) if reason.contains("free on the disk") => {
            format!("{reason}. It goes on by itself once there is room.")
        }
        _ => reason.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(behind_days: u64, behind_seconds: f64, rate: Option<f64>) -> QualityStatus {
        QualityStatus {
            behind_days,
            behind_seconds,
            oldest_day: Some("2025-03-01".to_owned()),
            days_per_minute: rate,
            assessed_until: None,
            open_findings: 0,
            updated_at: None,
        }
    }

    #[test]
    fn less_than_a_minute_of_work_is_not_said() {
        assert_eq!(quality_backlog(status(1_000, 300.0, Some(2_000.0))), None);
        assert_eq!(quality_backlog(status(1_000, 30.0, None)), None);
        let backlog = quality_backlog(status(6_000, 30.0, Some(2_000.0))).expect("three minutes");
        assert_eq!(
            backlog_words(&backlog, Lang::En),
            "Quality is behind: 6,000 item days wait to be assessed, the oldest of 2025-03-01, about 2,000 a minute, 3 min to go"
        );
    }

    #[test]
    fn a_full_disk_is_said_in_both_languages() {
        let reason = "12 MiB free on the disk of the data folder, 256 MiB are needed";
        assert_eq!(
            why(reason, Lang::Zh),
            "数据盘只剩 12 MiB，至少需要 256 MiB。腾出空间后自动恢复。"
        );
        assert!(why(reason, Lang::En).starts_with(reason));
        assert_eq!(why("the store stopped", Lang::Zh), "the store stopped");
    }
}
