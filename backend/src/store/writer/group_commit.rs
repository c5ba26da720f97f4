//! Group commits: all waiting messages are committed together and then answered. If a group panics, its messages are
//! committed one by one, so that only the faulty message fails.

use std::sync::mpsc::Receiver;
use std::time::Instant;

use tokio::sync::oneshot;

use crate::panics;
use crate::store::commit::batch::Receipt;
use crate::store::commit::columnar_batch::IncomingBatch;
use crate::store::error::{Result, StoreError};
use crate::store::writer::Writer;
use crate::store::writer::job::Job;

type Answer = oneshot::Sender<Result<Receipt>>;

impl Writer {
    /// Commits a message with those that wait behind it; the job that ended the group, if one did.
    pub(crate) fn ingest(
        &mut self,
        batch: IncomingBatch,
        answer: Answer,
        jobs: &Receiver<Job>,
    ) -> Option<Job> {
        let mut readings = batch.batch.readings.len();
        let mut batches = vec![batch];
        let mut answers = vec![answer];
        let mut next = None;
        while readings < self.pace.group_readings {
            match jobs.try_recv() {
                Ok(Job::Ingest(batch, answer)) => {
                    readings += batch.batch.readings.len();
                    batches.push(batch);
                    answers.push(answer);
                }
                Ok(other) => {
                    next = Some(other);
                    break;
                }
                Err(_) => break,
            }
        }
        self.commit_group(batches, answers);
        next
    }

    /// Commits a group and answers.
    pub(crate) fn commit_group(&mut self, batches: Vec<IncomingBatch>, answers: Vec<Answer>) {
        let started = Instant::now();
        let readings: usize = batches.iter().map(|it| it.batch.readings.len()).sum();
        match panics::caught(panics::WRITER, || self.commit(&batches)) {
            Ok(Ok(receipts)) => {
                for (answer, receipt) in answers.into_iter().zip(receipts) {
                    let taken = match receipt.limited {
                        None => Ok(receipt),
                        Some(code) => Err(StoreError::Limited(code)),
                    };
                    drop(answer.send(taken));
                }
                self.shared.liveness.note_job_done();
                self.shared.add_committed(readings);
                metrics::counter!("nengce_readings_committed_total").increment(readings as u64);
                metrics::histogram!("nengce_group_commit_seconds")
                    .record(started.elapsed().as_secs_f64());
            }
            Ok(Err(error)) => {
                tracing::error!(%error, "a group could not be committed");
                for answer in answers {
                    let why = self.shared.trouble(true);
                    let why = why.unwrap_or_else(|| StoreError::Unavailable(error.to_string()));
                    drop(answer.send(Err(why)));
                }
            }
            Err(why) => {
                self.shared.fail(format!("the writer panicked: {why}"));
                if batches.len() == 1 {
                    answers.into_iter().for_each(|it| drop(it.send(Err(self.shared.lost()))));
                    return;
                }
                let jobs = batches.into_iter().zip(answers);
                self.retries.extend(jobs.map(|(batch, answer)| Job::Ingest(batch, answer)));
            }
        }
    }
}
