//! Sends one unit's part of a batch: uploads its configuration and meters where they changed, then its values.

use nengce_client::{Answer, Centre, ClientError, Registration};
use nengce_messages::write;
use nengce_messages::{echo, stamp};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::failure::{self, RoundError};
use super::registration::Keeper;
use super::work::UnitWork;
use crate::clock::{self, Clock};
use crate::store::link::outcome::{DoneItemDay, Outcome, RefusedValue, SentValue};
use crate::store::link::units::UnitStanding;
use crate::store::link::upper::Failure;

/// Codes of a refusal after which a smaller message may be taken.
const TOO_LARGE: [&str; 2] = ["body_too_large", "too_many_entries"];

/// What became of a unit's part.
pub(super) struct UnitSent {
    pub outcome: Outcome,
    /// The platform above as a whole takes nothing just now, or the store keeps nothing.
    pub stopped_by: Option<RoundError>,
}

/// A message of a registered unit.
#[derive(Clone, Copy)]
enum Message<'a> {
    Configuration(&'a Value),
    Meters(&'a Value),
    /// With the time of sending.
    Values(i64, &'a [write::Value]),
}

impl Message<'_> {
    async fn post(self, centre: &Centre, given: &Registration) -> Result<Answer, ClientError> {
        match self {
            Self::Configuration(it) => centre.upload_configuration(given, it.clone()).await,
            Self::Meters(it) => centre.upload_meters(given, it.clone()).await,
            Self::Values(sent_at, it) => centre.upload_values(given, sent_at, it).await,
        }
    }
}

/// One unit at the platform above.
struct Session<'a> {
    centre: Centre,
    work: &'a UnitWork,
    clock: &'a Clock,
    keeper: &'a Keeper,
    registration: Option<Registration>,
    standing: UnitStanding,
    outcome: Outcome,
    /// What was refused of the configuration or the meters, while everything else goes on.
    remark: Option<Failure>,
}

/// Sends what waits of a unit. What was taken before a failure stays taken.
pub(super) async fn send(
    centre: Centre,
    mut work: UnitWork,
    keeper: &Keeper,
    clock: &Clock,
    most: usize,
) -> UnitSent {
    let refused = work.refused.take();
    let mut session = Session {
        centre,
        work: &work,
        clock,
        keeper,
        registration: work.registration.clone(),
        standing: work.standing.clone(),
        outcome: Outcome::default(),
        remark: None,
    };
    let done = match refused {
        None => session.run(most).await,
        Some(error) => Err(error.into()),
    };
    let now = clock.now();
    let mut stopped_by = None;
    let standing = &mut session.standing;
    standing.next_at = None;
    match done {
        Ok(()) => {
            standing.attempts = 0;
            standing.failure = session.remark.take();
        }
        Err(RoundError::Above(error)) if !failure::is_of_platform(&error) => {
            standing.attempts = standing.attempts.saturating_add(1);
            standing.next_at = Some(failure::next_at(standing.attempts, now));
            standing.failure = Some(match &standing.asked_at {
                Some(asked_at) if failure::is_in_place(&error) => {
                    failure::registration_lost(&error, asked_at, now)
                }
                _ => failure::of(&error, now),
            });
        }
        Err(error) => stopped_by = Some(error),
    }
    if !session.outcome.sent.is_empty() {
        session.standing.sent_at = Some(clock::text(now));
    }
    session.outcome.units.push((work.unit.unit_id, session.standing));
    UnitSent { outcome: session.outcome, stopped_by }
}

/// What is known of a unit that was not sent, because the batch stopped before.
pub(super) fn not_sent(work: UnitWork) -> UnitSent {
    let units = vec![(work.unit.unit_id, work.standing)];
    let outcome = Outcome { units, ..Outcome::default() };
    UnitSent { outcome, stopped_by: None }
}

impl Session<'_> {
    async fn run(&mut self, most: usize) -> Result<(), RoundError> {
        if let Some((configuration, meters)) = &self.work.described {
            self.describe(configuration, meters).await?;
        }
        self.send_values(most).await
    }

    /// Registers again; the registration is kept before it is used.
    async fn register(&mut self) -> Result<(), RoundError> {
        let known = self.registration.as_ref();
        let given = self.centre.register(known).await?;
        let row = self.keeper.row(&self.work.unit, known, &given)?;
        self.keeper.keep(row.clone()).await?;
        self.standing.take(row);
        self.registration = Some(given);
        Ok(())
    }

    /// Does one exchange; where the platform above does not know the device any more, after registering again.
    async fn exchange(&mut self, message: Message<'_>) -> Result<Answer, RoundError> {
        if let Some(given) = &self.registration {
            match message.post(&self.centre, given).await {
                Err(ClientError::RegisterAgain(_)) => {}
                Err(ClientError::Refused { code, .. }) if code == "forbidden" => {}
                other => return Ok(other?),
            }
        }
        self.register().await?;
        match &self.registration {
            Some(given) => Ok(message.post(&self.centre, given).await?),
            None => Err(ClientError::RegisterAgain(String::new()).into()),
        }
    }

    /// Uploads the configuration and the meters, each where its content is not the one that was taken last.
    async fn describe(
        &mut self,
        configuration: &Value,
        meters: &[Value],
    ) -> Result<(), RoundError> {
        let digest = |it: &str| const_hex::encode(Sha256::digest(it));
        let of_configuration = digest(&configuration.to_string());
        if self.standing.configuration_sha256 != of_configuration {
            let answer = self.exchange(Message::Configuration(configuration)).await?;
            self.remark_on("configuration", &answer.rejected);
            self.standing.configuration_sha256.clone_from(&of_configuration);
        }
        let meters = json!({"data": meters});
        let hash = digest(&meters.to_string());
        if self.standing.meters_sha256 != hash && meters["data"] != json!([]) {
            let answer = self.exchange(Message::Meters(&meters)).await?;
            self.remark_on("meters", &answer.rejected);
            self.standing.meters_sha256 = hash;
        }
        // The device may be another one since: then the configuration goes up once more.
        if self.standing.configuration_sha256 == of_configuration {
            self.standing.described.clone_from(&self.work.digest);
        }
        Ok(())
    }

    fn remark_on(&mut self, what: &str, rejected: &[nengce_client::RejectedEntry]) {
        if let Some(first) = rejected.first() {
            let said = failure::shortened(&format!("{}: {}", echo(&first.field), first.reason));
            let n = rejected.len();
            let zh_what = if what == "meters" { "仪表" } else { "配置" };
            self.remark = Some(Failure {
                code: first.code.clone(),
                zh: format!("{zh_what}有 {n} 处被拒：{said}"),
                en: format!("{n} places of its {what} are refused: {said}"),
                at: clock::text(self.clock.now()),
            });
        }
    }

    async fn send_values(&mut self, most: usize) -> Result<(), RoundError> {
        let mut values = Vec::new();
        let mut ends = Vec::new();
        for it in &self.work.due {
            values.extend(it.values.iter().map(|value| (it.item_id(), it.wire(value))));
            ends.push(values.len());
        }
        let mut next = 0;
        let mut sent = 0;
        loop {
            while let Some(it) = self.work.due.get(next).filter(|_| ends[next] <= sent) {
                self.outcome.done.push(DoneItemDay {
                    item_day: it.item_day,
                    change: it.change,
                    upto: it.mark.upto,
                    content: it.mark.content.clone(),
                });
                next += 1;
            }
            let Some(rest) = values.get(sent..).filter(|it| !it.is_empty()) else { return Ok(()) };
            let chunk = &rest[..rest.len().min(most)];
            self.send_chunk(chunk).await?;
            sent += chunk.len();
        }
    }

    /// Sends values in one message, or in halves where one is too large or an answer does not name every refused value.
    async fn send_chunk(&mut self, chunk: &[(i32, write::Value)]) -> Result<(), RoundError> {
        let mut parts = vec![chunk];
        while let Some(part) = parts.pop() {
            let values: Vec<write::Value> = part.iter().map(|it| it.1).collect();
            let sent_at = stamp::seconds(self.clock.now());
            let answered = self.exchange(Message::Values(sent_at, &values)).await;
            let halves = || part.split_at(part.len().div_ceil(2));
            match answered {
                Ok(answer) if answer.rejected_unnamed > 0 && part.len() > 1 => {
                    parts.extend([halves().1, halves().0]);
                }
                Ok(answer) => self.note(part, answer.rejected),
                Err(RoundError::Above(ClientError::Refused { code, .. }))
                    if part.len() > 1 && TOO_LARGE.contains(&code.as_str()) =>
                {
                    parts.extend([halves().1, halves().0]);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn note(&mut self, part: &[(i32, write::Value)], rejected: Vec<nengce_client::RejectedEntry>) {
        let sent = |(item_id, it): &(i32, write::Value)| SentValue {
            item_id: *item_id,
            stat_type: it.stat_type,
            at: it.at,
            value: it.value,
        };
        self.outcome.sent.extend(part.iter().map(sent));
        for it in rejected {
            if let Some(of) = part.get(it.index).map(sent) {
                let reason = failure::shortened(&format!("{} {}", echo(&it.field), it.reason));
                self.outcome.refused.push(RefusedValue { of, code: it.code, reason });
            }
        }
    }
}
