//! Why a round of sending to a centre ended before its end.

use nengce_client::ClientError;
use nengce_engine::EngineError;
use nengce_shared::lang::Lang;

/// Why a round ended.
#[derive(Debug)]
pub(crate) enum RoundEnd {
    Client(ClientError),
    Engine(EngineError),
    Own(anyhow::Error),
}

impl From<ClientError> for RoundEnd {
    fn from(it: ClientError) -> Self {
        Self::Client(it)
    }
}
impl From<EngineError> for RoundEnd {
    fn from(it: EngineError) -> Self {
        Self::Engine(it)
    }
}
impl From<anyhow::Error> for RoundEnd {
    fn from(it: anyhow::Error) -> Self {
        Self::Own(it)
    }
}

impl RoundEnd {
    pub(crate) fn text(&self, lang: Lang) -> String {
        match self {
            Self::Client(it) => it.text(lang),
            Self::Engine(it) => it.text(lang),
            Self::Own(it) => format!("{it:#}"),
        }
    }
}
