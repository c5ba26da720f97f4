//! Sends the values that are due to one centre. A message that the centre refuses whole is halved until the value that
//! it refuses alone is found, so that one value does not hold up the others.

use std::time::Duration;

use nengce_client::{Answer, Centre, ClientError, Registration};
use nengce_engine::{DAY, Due, EngineError, Refused};
use nengce_messages::write::Value;
use tokio::time::{Instant, sleep};

use crate::config::CentreConfig;
use crate::plant::Plant;
use crate::send::round_end::RoundEnd;

/// The most messages of one search for a value that is refused alone; the next search goes on from there.
const MOST_PARTS: usize = 64;
/// The least time between two messages of a search.
const REST: Duration = Duration::from_millis(100);

/// The upload of one round.
pub(crate) struct Upload<'a> {
    pub(crate) plant: &'a Plant,
    pub(crate) config: &'a CentreConfig,
    pub(crate) centre: &'a Centre,
    pub(crate) given: &'a Registration,
    /// The second of the day at which the day before goes up.
    pub(crate) upload_seconds: i64,
}

/// A value that the centre refused alone, and why.
struct Alone {
    due: Due,
    code: String,
    reason: String,
}

/// What a centre said of a part that it refused whole.
struct RefusedWhole {
    code: String,
    text: String,
}

impl Upload<'_> {
    /// Sends until nothing is due.
    pub(crate) async fn all(&self) -> Result<(), RoundEnd> {
        loop {
            let due = self.due(self.plant.clock.now())?;
            if due.is_empty() {
                self.plant.show(&self.config.name, |it| {
                    (it.state, it.failures, it.retry_at) = ("ok", 0, None);
                });
                return Ok(());
            }
            if let Some(whole) = self.message(&due).await? {
                self.search(due, whole).await?;
            }
        }
    }

    /// Halves a message that was refused whole. A value counts as refused alone only where the centre accepted others:
    /// a centre that refuses everything is asked again later, and nothing leaves the queue.
    async fn search(&self, due: Vec<Due>, whole: RefusedWhole) -> Result<(), RoundEnd> {
        let (code, text) = (whole.code.clone(), whole.text.clone());
        let mut parts = vec![(due, whole)];
        let (mut alone, mut accepted, mut asked) = (Vec::new(), false, 0);
        let mut ended = Ok(());
        'search: while let Some((mut part, whole)) = parts.pop() {
            if part.len() < 2 {
                let (code, reason) = (whole.code, whole.text);
                alone.extend(part.pop().map(|due| Alone { due, code, reason }));
                continue;
            }
            let rest = part.split_off(part.len() / 2);
            // By turns the search begins at the one or the other end, so that it comes by every value in the end.
            let halves = if rand::random() { [part, rest] } else { [rest, part] };
            for half in halves {
                if asked == MOST_PARTS {
                    break 'search;
                }
                asked += 1;
                sleep(REST).await;
                match self.message(&half).await {
                    Ok(None) => accepted = true,
                    Ok(Some(whole)) => parts.push((half, whole)),
                    Err(why) => {
                        ended = Err(why);
                        break 'search;
                    }
                }
            }
        }
        if accepted {
            self.keep(&alone)?;
        }
        ended?;
        if accepted { Ok(()) } else { Err(ClientError::Refused { code, text }.into()) }
    }

    /// Keeps values that were refused alone, with the centre's reason.
    fn keep(&self, alone: &[Alone]) -> Result<(), RoundEnd> {
        let (name, now) = (&self.config.name, self.plant.clock.now());
        let refused: Vec<Refused> = alone
            .iter()
            .map(|it| Refused {
                period: it.due.period,
                field: "data".into(),
                code: it.code.clone(),
                reason: it.reason.clone(),
            })
            .collect();
        let sent: Vec<Due> = alone.iter().map(|it| it.due.clone()).collect();
        self.plant.engine.lock().reject(name, &refused, &sent, now)?;
        for it in alone {
            let (point, said) = (&it.due.point, format!("{} {}", it.code, it.reason));
            self.plant.note(
                "receive",
                format!("{name} 单独拒收 {point}：{said}"),
                format!("{name} refused {point} alone: {said}"),
            );
        }
        Ok(())
    }

    /// Sends one message and keeps what became of it; what the centre said where it took nothing.
    async fn message(&self, due: &[Due]) -> Result<Option<RefusedWhole>, RoundEnd> {
        let (begun, now) = (Instant::now(), self.plant.clock.now());
        let values: Vec<Value> = due.iter().map(value).collect();
        let answer = match self.centre.upload_values(self.given, now, &values).await {
            Ok(it) => it,
            Err(ClientError::Refused { code, text }) => {
                return Ok(Some(RefusedWhole { code, text }));
            }
            Err(error) => return Err(error.into()),
        };
        if answer.rejected.is_empty() && answer.rejected_unnamed > 0 {
            return Ok(Some(RefusedWhole { code: answer.code, text: answer.message }));
        }
        self.taken(due, &answer, now)?;
        let pace = self.config.backfill_values_per_second as f64;
        let least = Duration::from_secs_f64(due.len() as f64 / pace);
        sleep(least.saturating_sub(begun.elapsed())).await;
        Ok(None)
    }

    fn taken(&self, due: &[Due], answer: &Answer, now: i64) -> Result<(), RoundEnd> {
        let name = &self.config.name;
        let refused: Vec<Refused> = answer
            .rejected
            .iter()
            .filter_map(|it| {
                Some(Refused {
                    period: due.get(it.index)?.period,
                    field: it.field.clone(),
                    code: it.code.clone(),
                    reason: it.reason.clone(),
                })
            })
            .collect();
        {
            let mut engine = self.plant.engine.lock();
            engine.reject(name, &refused, due, now)?;
            // Where the centre does not name all that it refused, the rest is sent again without those it named.
            if answer.rejected_unnamed == 0 {
                let periods: Vec<_> = refused.iter().map(|it| it.period).collect();
                let accepted = due.iter().filter(|it| !periods.contains(&it.period));
                engine.acknowledge(name, &accepted.cloned().collect::<Vec<_>>())?;
            }
        }
        let (said, count) =
            (format!("{} {}", answer.code, answer.message), due.len() - refused.len());
        self.plant.note(
            "receive",
            format!("{name} {said}，{count} 条，拒收 {} 条", refused.len()),
            format!("{name} {said}, {count} values, {} refused", refused.len()),
        );
        self.plant.show(name, |it| (it.zh, it.en, it.at) = (said.clone(), said, Some(now)));
        Ok(())
    }

    /// What may go now: totals of yesterday wait for the upload time of today.
    fn due(&self, now: i64) -> Result<Vec<Due>, EngineError> {
        let ended = (now - self.upload_seconds).div_euclid(DAY) * DAY;
        let most = self.config.max_values_per_message;
        self.plant.engine.lock().due(&self.config.name, now, ended, most)
    }
}

fn value(due: &Due) -> Value {
    Value {
        data_code: due.data_code,
        stat_type: due.period.stat,
        at: due.period.start,
        value: due.value,
        valid: true,
        input_type: Some(due.input_type),
    }
}
