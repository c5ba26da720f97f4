//! Why a value could not be read: a stable code, the place, and what to do, in Chinese and English.
use std::fmt;

use crate::measured::Exchange;

/// The kinds of problems, each with a code that does not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is explained by its words")]
pub enum Problem {
    Address,
    Connection,
    Tls,
    Timeout,
    Frame,
    Checksum,
    OtherMeter,
    Refused,
    NotNumber,
    Missing,
    TooOld,
    TooLarge,
    File,
    NotCompiled,
    Settings,
    OwnFrame,
}

impl Problem {
    /// Stable, for machines.
    pub fn code(self) -> &'static str {
        match self {
            Self::Address => "source-address",
            Self::Connection => "source-connection",
            Self::Tls => "source-tls",
            Self::Timeout => "source-timeout",
            Self::Frame => "source-frame",
            Self::Checksum => "source-checksum",
            Self::OtherMeter => "source-other-meter",
            Self::Refused => "source-refused",
            Self::NotNumber => "source-not-number",
            Self::Missing => "source-missing",
            Self::TooOld => "source-too-old",
            Self::TooLarge => "source-too-large",
            Self::File => "source-file",
            Self::NotCompiled => "source-not-compiled",
            Self::Settings => "source-settings",
            Self::OwnFrame => "source-own-frame",
        }
    }

    /// What it is and what to do: in Chinese, in English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Address => (
                "地址写法不对，请按该类采集源的写法更正",
                "the address is not well written; correct it as this kind of source wants it",
            ),
            Self::Connection => (
                "连接不上，请检查网线、串口、地址、端口和供电",
                "no connection; check cable, line, address, port and power",
            ),
            Self::Tls => (
                "TLS 未建立，请检查 authorities、证书的名称与有效期，以及本机的客户端证书",
                "no TLS; check authorities, the certificates' names and dates, and the own certificate",
            ),
            Self::Timeout => (
                "超时未应答，请检查表号、波特率、校验位和接线",
                "no answer in time; check the meter's address, baud rate, parity and wiring",
            ),
            Self::Frame => (
                "应答报文不完整或格式不对，请检查规约和线路干扰",
                "the answer is cut or of another form; check the protocol and noise on the line",
            ),
            Self::Checksum => (
                "应答校验和不对，多为线路干扰，将自动重读",
                "the answer's checksum is wrong, mostly noise on the line; it is read again",
            ),
            Self::OtherMeter => (
                "应答来自另一块表，请检查是否有表号重复",
                "another meter answered; check for addresses given twice",
            ),
            Self::Refused => (
                "设备拒绝了请求，请检查数据项、寄存器和权限",
                "the device refused; check the item, the register and the rights",
            ),
            Self::NotNumber => {
                ("读到的不是数值，请检查地址", "what was read is not a number; check the address")
            }
            Self::Missing => (
                "没有该数据，请检查路径、列名或主题",
                "there is no such value; check path, column or topic",
            ),
            Self::TooOld => (
                "数据过旧，请检查上游系统是否仍在更新",
                "the value is too old; check whether the system behind still updates",
            ),
            Self::TooLarge => (
                "应答或文件过大，请缩小范围或调高上限",
                "the answer or file is too large; narrow it or raise the bound",
            ),
            Self::File => (
                "文件或文件夹读不了，请检查路径和权限",
                "a file or folder cannot be read; check path and rights",
            ),
            Self::NotCompiled => (
                "本程序未编译该类采集源，请换用含该功能的程序",
                "this program was built without this kind of source; use one built with it",
            ),
            Self::Settings => (
                "采集源设置不对，请更正配置文件",
                "the settings of the source are wrong; correct the configuration file",
            ),
            Self::OwnFrame => (
                "只发送恰好一帧、且只读取的报文，请检查长度、校验和与功能码",
                "only exactly one frame that reads is sent; check length, checksum and function",
            ),
        }
    }
}

/// Why one value could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceError {
    /// The kind of problem.
    pub problem: Problem,
    /// The device and the address.
    pub place: String,
    /// Details as the device or library tells them.
    pub detail: String,
    /// What went over the line before it failed.
    pub exchange: Box<Exchange>,
}

impl SourceError {
    /// A problem at a place.
    pub fn new(problem: Problem, place: impl Into<String>, detail: impl fmt::Display) -> Self {
        let exchange = Box::default();
        Self { problem, place: place.into(), detail: detail.to_string(), exchange }
    }

    /// With what went over the line.
    #[must_use]
    pub fn with(mut self, exchange: Exchange) -> Self {
        self.exchange = Box::new(exchange);
        self
    }

    /// Stable, for machines.
    pub fn code(&self) -> &'static str {
        self.problem.code()
    }

    /// For people who read Chinese.
    pub fn text_zh(&self) -> String {
        format!("{}：{}（{}）", self.place, self.problem.words().0, self.detail)
    }

    /// For people who read English.
    pub fn text_en(&self) -> String {
        format!("{}: {} ({})", self.place, self.problem.words().1, self.detail)
    }

    /// Whether the connection must be made anew before the next read.
    pub(crate) fn breaks_connection(&self) -> bool {
        matches!(
            self.problem,
            Problem::Connection
                | Problem::Tls
                | Problem::Timeout
                | Problem::Frame
                | Problem::Checksum
        )
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text_en())
    }
}

impl std::error::Error for SourceError {}
