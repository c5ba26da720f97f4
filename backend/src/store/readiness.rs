//! Whether the store takes uploads, and why not: the reasons that `/readyz` and refused callers are told.

use std::path::Path;
use std::time::Duration;

use nengce_shared::lang::Lang;

use super::Store;
use super::durability::folder::{DATABASE, log_of};
use super::durability::space::free_bytes;

/// Why nothing is taken just now.
#[derive(Debug, Clone, PartialEq)]
pub enum NotReady {
    /// The database failed, or the writer panicked: it is being opened anew.
    Reopening(String),
    /// Too little room on the disk; reading goes on.
    Full(String),
    /// Callers wait for a writer that does not go round.
    Stalled(Duration),
    /// The writer could not be kept running: the process is about to end.
    Ended(String),
    Stopping,
}

impl NotReady {
    /// A word for machines.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Reopening(_) => "reopening",
            Self::Full(_) => "disk_full",
            Self::Stalled(_) => "stalled",
            Self::Ended(_) => "ended",
            Self::Stopping => "stopping",
        }
    }

    /// The reason as anybody may read it.
    pub fn reason(&self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Reopening(_), Lang::Zh) => "数据库正在重新打开",
            (Self::Reopening(_), Lang::En) => "the database is being opened anew",
            (Self::Full(_), Lang::Zh) => "磁盘空间不足，暂不接收，仍可查询",
            (Self::Full(_), Lang::En) => "the disk is full, nothing is taken, reading goes on",
            (Self::Stalled(_), Lang::Zh) => "写入线程没有响应，且有任务等待",
            (Self::Stalled(_), Lang::En) => "the writer does not move while jobs wait for it",
            (Self::Ended(_), Lang::Zh) => "写入线程已终止，进程即将退出",
            (Self::Ended(_), Lang::En) => "the writer has ended and the process is about to",
            (Self::Stopping, Lang::Zh) => "服务器正在停止",
            (Self::Stopping, Lang::En) => "the server is stopping",
        }
    }

    /// What lies behind the reason, for those who operate the server.
    pub fn detail(&self) -> String {
        match self {
            Self::Reopening(why) | Self::Full(why) | Self::Ended(why) => why.clone(),
            Self::Stalled(age) => format!("{} s", age.as_secs()),
            Self::Stopping => String::new(),
        }
    }
}

impl Store {
    /// Why the store takes nothing, if so.
    pub fn not_ready(&self) -> Option<NotReady> {
        let shared = &self.inner.shared;
        if shared.is_closing() {
            return Some(NotReady::Stopping);
        }
        if let Some(why) = shared.end() {
            return Some(NotReady::Ended(why));
        }
        if let Some(why) = shared.failure() {
            return Some(NotReady::Reopening(why));
        }
        let (liveness, stall) = (&shared.liveness, self.inner.stall);
        if liveness.callers_waiting() > 0 && liveness.since_last_round() > stall {
            return Some(NotReady::Stalled(liveness.since_last_round()));
        }
        shared.space().map(NotReady::Full)
    }

    /// How many callers wait for the writer.
    pub fn callers_waiting(&self) -> usize {
        self.inner.shared.liveness.callers_waiting()
    }

    /// Sets the gauges of the writer.
    pub fn measure(&self) {
        let liveness = &self.inner.shared.liveness;
        metrics::gauge!("nengce_ready").set(f64::from(u8::from(self.not_ready().is_none())));
        metrics::gauge!("nengce_writer_waiting_jobs").set(liveness.callers_waiting() as f64);
        metrics::gauge!("nengce_writer_beat_age_seconds")
            .set(liveness.since_last_round().as_secs_f64());
    }

    /// Bytes that are free on the disk of the data folder, and those of the database with its log; none where the disk does
    /// not say.
    pub fn bytes_free_and_used(&self) -> (Option<u64>, Option<u64>) {
        let bytes = |file: &Path| std::fs::metadata(file).ok().map(|it| it.len());
        let database = bytes(&self.inner.folder.join(DATABASE));
        let log = bytes(&log_of(&self.inner.folder)).unwrap_or(0);
        (free_bytes(&self.inner.folder).ok(), database.map(|it| it + log))
    }

    /// Waits until the writer could not be kept running; says why.
    pub async fn ended(&self) -> String {
        let mut told = self.inner.shared.watch_end();
        loop {
            if let Some(why) = told.borrow_and_update().clone() {
                return why;
            }
            if told.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }
}
