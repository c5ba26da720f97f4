//! Whether the store takes uploads, and why not: the reasons that `/readyz` and refused callers are told.

use std::time::Duration;

use nengce_shared::lang::Lang;

use super::Store;

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

    pub fn reason(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Reopening(why), Lang::Zh) => format!("数据库正在重新打开：{why}"),
            (Self::Reopening(why), Lang::En) => {
                format!("the database is being opened anew: {why}")
            }
            (Self::Full(why), Lang::Zh) => format!("磁盘空间不足，暂不接收，仍可查询：{why}"),
            (Self::Full(why), Lang::En) => {
                format!("the disk is full, nothing is taken, reading goes on: {why}")
            }
            (Self::Stalled(age), Lang::Zh) => {
                format!("写入线程 {} 秒没有响应，且有任务等待", age.as_secs())
            }
            (Self::Stalled(age), Lang::En) => {
                format!("the writer has not moved for {} s while jobs wait for it", age.as_secs())
            }
            (Self::Ended(why), Lang::Zh) => format!("写入线程已终止，进程即将退出：{why}"),
            (Self::Ended(why), Lang::En) => {
                format!("the writer has ended and the process is about to: {why}")
            }
            (Self::Stopping, Lang::Zh) => "服务器正在停止".to_owned(),
            (Self::Stopping, Lang::En) => "the server is stopping".to_owned(),
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
