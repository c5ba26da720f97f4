//! Reads from the headers of a message whether its bytes are compressed and which character set they use.
//!
//! Some clients send the character set as Content-Encoding (Java's `setContentEncoding("UTF-8")`), so it is read there
//! too. Java's HttpClient declares ISO-8859-1 or US-ASCII by default; a body that is valid UTF-8 is then read as UTF-8.

use axum::http::{HeaderMap, header};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use nengce_messages::Problem;
use nengce_shared::problem::ProblemCode;

/// The encoding of a body.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Declared {
    pub gzip: bool,
    /// The character set; `None` is UTF-8.
    charset: Option<&'static Encoding>,
}

pub(super) fn declared(headers: &HeaderMap) -> Result<Declared, Problem> {
    let mut found = Declared { gzip: false, charset: None };
    if let Some(label) = of_content_type(headers) {
        found.charset = Some(named(&label, "Content-Type")?);
    }
    for value in headers.get_all(header::CONTENT_ENCODING) {
        let value = value.to_str().unwrap_or("?");
        for word in value.split(',').map(str::trim) {
            match word.to_ascii_lowercase().as_str() {
                "" | "identity" => {}
                "gzip" | "x-gzip" if !found.gzip => found.gzip = true,
                _ => found.charset = Some(named(word, "Content-Encoding")?),
            }
        }
    }
    found.charset = found.charset.filter(|it| *it != UTF_8);
    Ok(found)
}

fn of_content_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    value.split(';').skip(1).find_map(|parameter| {
        let (name, label) = parameter.split_once('=')?;
        let label = label.trim().trim_matches(['"', '\'']).trim();
        (name.trim().eq_ignore_ascii_case("charset") && !label.is_empty()).then(|| label.to_owned())
    })
}

fn named(label: &str, field: &'static str) -> Result<&'static Encoding, Problem> {
    // Windows and Java also write `cp936`, `ms936` and `UTF_8`.
    let usual = label.to_ascii_lowercase().replace('_', "-");
    let label_of_web = match usual.as_str() {
        "cp936" | "ms936" | "windows-936" => "gbk",
        "cp65001" => "utf-8",
        "cp54936" => "gb18030",
        it => it,
    };
    Encoding::for_label(label_of_web.as_bytes()).ok_or_else(|| {
        Problem::new(field, ProblemCode::BodyEncodingUnsupported, label).hint(
            "可用压缩 gzip，字符集 UTF-8、GBK、GB2312、GB18030、UTF-16",
            "gzip is accepted, and the character sets UTF-8, GBK, GB2312, GB18030, UTF-16",
        )
    })
}

impl Declared {
    /// Whether the bytes have to be converted to UTF-8.
    pub(super) fn needs_decoding(&self) -> bool {
        self.charset.is_some()
    }

    /// Converts the bytes to UTF-8, at most `limit` bytes.
    pub(super) fn decode(&self, bytes: Vec<u8>, limit: usize) -> Result<Vec<u8>, Problem> {
        let Some(charset) = self.charset else {
            return Ok(bytes);
        };
        if charset == WINDOWS_1252 && std::str::from_utf8(&bytes).is_ok() {
            return Ok(bytes);
        }
        // A byte-order mark is more reliable than the header.
        let (charset, mark) = Encoding::for_bom(&bytes).unwrap_or((charset, 0));
        let mut decoder = charset.new_decoder_without_bom_handling();
        let rest = &bytes[mark..];
        let most = decoder
            .max_utf8_buffer_length_without_replacement(rest.len())
            .map_or(limit, |it| it.min(limit.saturating_add(4)));
        let mut text = vec![0; most];
        let (result, read, written) =
            decoder.decode_to_utf8_without_replacement(rest, &mut text, true);
        match result {
            encoding_rs::DecoderResult::InputEmpty if written <= limit => {
                text.truncate(written);
                Ok(text)
            }
            encoding_rs::DecoderResult::Malformed(..) => {
                let at = mark + read;
                Err(Problem::new("body", ProblemCode::BodyNotJson, "").hint(
                    format!("声明为 {}，但第 {at} 字节附近不是", charset.name()),
                    format!("it is declared as {} and is not near byte {at}", charset.name()),
                ))
            }
            _ => Err(too_large(limit)),
        }
    }
}

/// The problem of a body whose text, decoded or not, is larger than the limit.
pub(super) fn too_large(limit: usize) -> Problem {
    Problem::new("body", ProblemCode::BodyTooLarge, "").hint(
        format!("上限 {limit} 字节，分批发送"),
        format!("at most {limit} bytes; send it in parts"),
    )
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(pairs: &[(header::HeaderName, &'static str)]) -> HeaderMap {
        let pairs = pairs.iter().cloned();
        pairs.map(|(name, value)| (name, HeaderValue::from_static(value))).collect()
    }

    #[track_caller]
    fn check(content_type: &'static str, encoding: &'static str, gzip: bool, bytes: &[u8]) {
        let it = declared(&headers(&[
            (header::CONTENT_TYPE, content_type),
            (header::CONTENT_ENCODING, encoding),
        ]));
        let it = it.expect("a known label");
        assert_eq!(it.gzip, gzip);
        let text = it.decode(bytes.to_vec(), 100).expect("text");
        assert_eq!(String::from_utf8(text).as_deref(), Ok("{\"锅炉\"}"));
    }

    #[test]
    fn declared_character_sets_are_read() {
        let gbk = b"{\"\xb9\xf8\xc2\xaf\"}";
        let utf8 = "{\"锅炉\"}".as_bytes();
        for label in [
            "application/json; charset=GBK",
            "application/json;charset=\"gb2312\"",
            "text/plain; Charset=GB18030",
            "application/json; boundary=x; charset=cp936",
        ] {
            check(label, "", false, gbk);
        }
        for label in [
            "application/json",
            "application/json; charset=utf-8",
            "text/plain; charset=UTF8",
            "text/plain; charset=ISO-8859-1",
            "text/plain; charset=US-ASCII",
            "application/x-www-form-urlencoded",
        ] {
            check(label, "identity", false, utf8);
        }
        check("application/json", "UTF-8", false, utf8);
        check("application/json", "gzip, utf-8", true, utf8);
        check("application/json", "GBK", false, gbk);
        let wide: Vec<u8> = "{\"锅炉\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check("application/json; charset=utf-16", "", false, &wide);
        let marked: Vec<u8> = [0xfe, 0xff]
            .into_iter()
            .chain("{\"锅炉\"}".encode_utf16().flat_map(u16::to_be_bytes))
            .collect();
        check("application/json; charset=utf-16", "", false, &marked);
    }

    #[test]
    fn what_cannot_be_decoded_is_refused() {
        for encoding in ["deflate", "br", "gzip, gzip", "klingon"] {
            let found = declared(&headers(&[(header::CONTENT_ENCODING, encoding)]));
            let code = found.map_err(|it| it.code);
            assert_eq!(code, Err(ProblemCode::BodyEncodingUnsupported), "{encoding}");
        }
        let gbk = declared(&headers(&[(header::CONTENT_TYPE, "a/b; charset=gbk")])).unwrap();
        let broken = gbk.decode(b"{\"\xb9\xff\"}".to_vec(), 100).unwrap_err();
        assert_eq!(broken.code, ProblemCode::BodyNotJson);
        let long = gbk.decode(b"\xb9\xf8".repeat(50), 100).unwrap_err();
        assert_eq!(long.code, ProblemCode::BodyTooLarge);
        let fits = gbk.decode(b"\xb9\xf8".repeat(33), 100).map(|it| it.len());
        assert_eq!(fits, Ok(99));
    }
}
