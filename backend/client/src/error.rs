//! Why a centre did not take a message, with what the client does next.

use std::time::Duration;

use nengce_shared::lang::Lang;

use crate::https::HttpsError;

/// Why there is no success answer.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The centre did not answer; the same message is sent again.
    #[error(transparent)]
    NoAnswer(#[from] HttpsError),
    /// The centre asks to wait; the same message is sent again.
    #[error("HTTP {status}: {text}")]
    Busy {
        /// The HTTP status.
        status: u16,
        /// How long the centre asks to wait.
        retry_after: Option<Duration>,
        /// What the centre said.
        text: String,
    },
    /// The centre does not know the device, or its access key has ended: the client registers first.
    #[error("{0}")]
    RegisterAgain(String),
    /// The centre refused the whole message.
    #[error("{code}: {text}")]
    Refused {
        /// The centre's code of the reason, or its `responseCode`.
        code: String,
        /// The centre's sentence.
        text: String,
    },
    /// The answer is not of the protocol.
    #[error("HTTP {status}: {text}")]
    NotUnderstood {
        /// The HTTP status.
        status: u16,
        /// The beginning of the answer.
        text: String,
    },
    /// The message cannot be written for this centre.
    #[error("{0}")]
    Unwritable(String),
}

impl ClientError {
    /// The stable code of the reason.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoAnswer(HttpsError::Slow(_)) => "centre_slow",
            Self::NoAnswer(HttpsError::NotProtected(_) | HttpsError::NoHost(_)) => "centre_address",
            Self::NoAnswer(HttpsError::Body(..)) => "centre_answer_incomplete",
            Self::NoAnswer(_) => "centre_unreachable",
            Self::Busy { .. } => "centre_busy",
            Self::RegisterAgain(_) => "centre_registers_again",
            Self::Refused { .. } => "centre_refused",
            Self::NotUnderstood { .. } => "centre_not_understood",
            Self::Unwritable(_) => "centre_message_unwritable",
        }
    }

    /// The reason and what to do, in words.
    pub fn text(&self, lang: Lang) -> String {
        let (zh, en) = match self {
            Self::NoAnswer(HttpsError::Slow(_)) => {
                ("连接超时，将重发", "The centre did not answer in time; the message is sent again")
            }
            Self::NoAnswer(HttpsError::NotProtected(_) | HttpsError::NoHost(_)) => (
                "地址无效：应为 https 地址，明文 http 仅限本机",
                "The address is wrong: use https; plain http is for this machine alone",
            ),
            Self::NoAnswer(HttpsError::Body(..)) => (
                "应答过长或中断，将重发",
                "The answer was too long or broke off; the message is sent again",
            ),
            Self::NoAnswer(_) => (
                "无法连接，请检查网络、地址和证书；将重发",
                "No connection: check network, address and certificate; the message is sent again",
            ),
            Self::Busy { .. } => {
                ("中心繁忙，稍后重发", "The centre is busy; the message is sent later")
            }
            Self::RegisterAgain(_) => (
                "中心不认识本设备或密钥已失效，将重新注册",
                "The centre does not know the device or its key has ended; it registers again",
            ),
            Self::Refused { .. } => (
                "中心拒收，请按其原因处理",
                "The centre refused the message; act on the reason that it gives",
            ),
            Self::NotUnderstood { .. } => (
                "应答不是本规约，请核对地址和规约",
                "The answer is not of the protocol: check address and profile",
            ),
            Self::Unwritable(_) => {
                ("无法按该规约组包", "The message cannot be written in the centre's profile")
            }
        };
        match lang {
            Lang::Zh => format!("{zh}（{self}）"),
            Lang::En => format!("{en} ({self})"),
        }
    }

    /// Whether sending the same message again may succeed without anybody's doing.
    pub fn is_passing(&self) -> bool {
        !matches!(self, Self::Unwritable(_) | Self::Refused { .. })
    }
}
