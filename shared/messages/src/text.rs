//! Prepares the text of a body: removes what clients leave around it, names a character set that is not UTF-8, and
//! isolates a bare `NaN`, so that only the entry that contains it is refused.

use std::borrow::Cow;

use nengce_shared::problem::ProblemCode;

use super::Problem;

/// The body without what clients write around it: byte-order marks, white space, and the zero bytes of a C buffer.
pub fn trimmed(mut body: &[u8]) -> &[u8] {
    let filler = |it: &u8| it.is_ascii_whitespace() || *it == 0;
    loop {
        let before = body.len();
        body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        if let Some((first, rest)) = body.split_first()
            && filler(first)
        {
            body = rest;
        }
        if body.len() == before {
            break;
        }
    }
    while let Some((last, rest)) = body.split_last()
        && filler(last)
    {
        body = rest;
    }
    body
}

/// The text of a body.
///
/// # Errors
/// The body is not UTF-8; the problem names the encoding that it probably has.
pub fn utf8(body: &[u8]) -> Result<&str, Problem> {
    std::str::from_utf8(body).map_err(|error| {
        let at = error.valid_up_to();
        let (zh, en) = match looks_like(body) {
            Some(name) => (
                format!("报文不是 UTF-8，像 {name}；请声明 charset，例如 Content-Type: application/json; charset={name}"),
                format!(
                    "the body is not UTF-8 and looks like {name}; declare its charset, as in Content-Type: application/json; charset={name}"
                ),
            ),
            None => (
                format!("第 {at} 字节起不是 UTF-8"),
                format!("not UTF-8 from byte {at}"),
            ),
        };
        Problem::new("body", ProblemCode::BodyNotJson, "").hint(zh, en)
    })
}

/// The encoding that bytes other than UTF-8 are probably in.
fn looks_like(body: &[u8]) -> Option<&'static str> {
    match body {
        [0xff, 0xfe, ..] => return Some("UTF-16LE"),
        [0xfe, 0xff, ..] => return Some("UTF-16BE"),
        _ => {}
    }
    let head = &body[..body.len().min(512)];
    let zeros = |parity: usize| {
        let half = head.iter().skip(parity).step_by(2);
        half.filter(|it| **it == 0).count() * 8 > head.len()
    };
    match (zeros(0), zeros(1)) {
        (false, true) => Some("UTF-16LE"),
        (true, false) => Some("UTF-16BE"),
        _ => is_gb18030(body).then_some("GB18030"),
    }
}

/// Whether the bytes are whole characters of GB18030, which contains GBK and GB2312.
fn is_gb18030(mut bytes: &[u8]) -> bool {
    while !bytes.is_empty() {
        bytes = match bytes {
            [0..=0x7f, rest @ ..] => rest,
            [0x81..=0xfe, 0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, rest @ ..] => rest,
            [0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe, rest @ ..] => rest,
            _ => return false,
        };
    }
    true
}

/// A text in which words that are no JSON have been put in quotes, and the places of these quotes.
pub struct Repaired<'a> {
    /// The text with the added quotes.
    pub text: Cow<'a, str>,
    /// The places of the added quotes, in ascending order.
    quotes: Vec<usize>,
}

impl Repaired<'_> {
    /// Whether any quotes were added.
    pub fn is_changed(&self) -> bool {
        !self.quotes.is_empty()
    }

    /// A part of the repaired text as it was sent.
    pub fn as_it_came(&self, part: &str) -> String {
        if self.quotes.is_empty() {
            return part.to_owned();
        }
        let from = part.as_ptr() as usize - self.text.as_ptr() as usize;
        let first = self.quotes.partition_point(|it| *it < from);
        let mut kept = String::with_capacity(part.len());
        let mut at = from;
        for quote in self.quotes[first..].iter().take_while(|it| **it < from + part.len()) {
            kept.push_str(&self.text[at..*quote]);
            at = quote + 1;
        }
        kept.push_str(&self.text[at..from + part.len()]);
        kept
    }
}

/// The number of words of one message that are put in quotes. More of them come from a client that does not mean well.
const MOST_WORDS: usize = 100_000;

/// Puts the bare words in quotes that clients print where a number is missing: `NaN`, `-Infinity`, `nan(ind)`,
/// `-1.#IND`, `inf`. Everything else remains; a text with more than 100,000 of them is returned unchanged.
pub fn repaired(text: &str) -> Repaired<'_> {
    let bytes = text.as_bytes();
    let (mut out, mut quotes) = (String::new(), Vec::new());
    let (mut at, mut copied, mut inside) = (0, 0, false);
    while at < bytes.len() {
        if inside {
            match bytes[at] {
                b'\\' => at += 1,
                b'"' => inside = false,
                _ => {}
            }
            at += 1;
            continue;
        }
        let length = bytes[at..].iter().take_while(|it| is_of_word(**it)).count();
        if length == 0 {
            inside = bytes[at] == b'"';
            at += 1;
            continue;
        }
        if is_no_number(&text[at..at + length]) {
            if quotes.len() >= 2 * MOST_WORDS {
                (out, quotes) = (String::new(), Vec::new());
                break;
            }
            out.push_str(&text[copied..at]);
            quotes.push(out.len());
            out.push('"');
            out.push_str(&text[at..at + length]);
            quotes.push(out.len());
            out.push('"');
            copied = at + length;
        }
        at += length;
    }
    if quotes.is_empty() {
        return Repaired { text: Cow::Borrowed(text), quotes };
    }
    out.push_str(&text[copied..]);
    Repaired { text: Cow::Owned(out), quotes }
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+-.#_()".contains(&byte)
}

/// Whether a word means "no number", as Java, .NET, Python, Go, C and its runtimes print such values of IEEE 754.
pub fn is_no_number(word: &str) -> bool {
    let word = word.trim().to_ascii_lowercase();
    let word = word.strip_prefix(['+', '-']).unwrap_or(&word);
    matches!(
        word,
        "nan"
            | "qnan"
            | "snan"
            | "inf"
            | "infinity"
            | "ind"
            | "1.#inf"
            | "1.#ind"
            | "1.#qnan"
            | "1.#snan"
            | "1.#nan"
    ) || ["1.#inf", "1.#ind", "1.#qnan", "1.#snan"]
        .iter()
        .any(|it| word.strip_prefix(it).is_some_and(|it| it.bytes().all(|it| it == b'0')))
        || word
            .strip_prefix("nan(")
            .and_then(|it| it.strip_suffix(')'))
            .is_some_and(|it| it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_clients_leave_around_a_body_is_put_aside() {
        for body in [
            &b"{}"[..],
            b"{}\0",
            b"{}\0\0\0\0",
            b"\xef\xbb\xbf{}",
            b"\xef\xbb\xbf\xef\xbb\xbf\r\n{}\r\n\0",
            b" \t{}\n",
        ] {
            assert_eq!(trimmed(body), b"{}", "{body:?}");
        }
        assert_eq!(trimmed(b"{}\0{}"), b"{}\0{}", "not what stands within");
        assert_eq!(trimmed(b"\0\0"), b"");
    }

    #[track_caller]
    fn check_named(body: &[u8], name: &str) {
        let problem = utf8(body).unwrap_err();
        assert!(problem.hint_zh.contains(name), "{problem:?}");
        assert!(problem.hint_en.contains(name), "{problem:?}");
    }

    #[test]
    fn what_is_no_utf8_is_named() {
        check_named(b"{\"name\":\"\xb9\xf8\xc2\xaf\"}", "GB18030");
        check_named(b"\xff\xfe{\0}\0", "UTF-16LE");
        let little: Vec<u8> =
            "{\"名称\":\"锅炉\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check_named(&little, "UTF-16LE");
        let big: Vec<u8> =
            "{\"名称\":\"锅炉\"}".encode_utf16().flat_map(u16::to_be_bytes).collect();
        check_named(&big, "UTF-16BE");
        check_named(b"{\"a\":\"\xff\"}", "6");
    }

    #[test]
    fn words_for_no_number_are_put_in_quotes_and_nothing_else() {
        for (text, expected) in [
            (r#"{"a":NaN}"#, r#"{"a":"NaN"}"#),
            (
                r#"[-Infinity,+inf,-nan(ind),nan(0x7ff8)]"#,
                r#"["-Infinity","+inf","-nan(ind)","nan(0x7ff8)"]"#,
            ),
            (r#"[-1.#IND,1.#QNAN0,1.#INF00]"#, r#"["-1.#IND","1.#QNAN0","1.#INF00"]"#),
            (r#"["NaN","a\"NaN",1,true,null]"#, r#"["NaN","a\"NaN",1,true,null]"#),
            (r#"[NaNo,1.#X,nan(]"#, r#"[NaNo,1.#X,nan(]"#),
        ] {
            let it = repaired(text);
            assert_eq!(it.text, expected);
            assert_eq!(it.as_it_came(&it.text), text);
        }
        let it = repaired(r#"[{"a":NaN},{"b":"x"},{"c":-inf}]"#);
        let part = |from: &str| {
            let at = it.text.find(from).unwrap();
            it.as_it_came(&it.text[at..at + from.len()])
        };
        assert_eq!(part(r#"{"a":"NaN"}"#), r#"{"a":NaN}"#);
        assert_eq!(part(r#"{"b":"x"}"#), r#"{"b":"x"}"#);
        assert_eq!(part(r#"{"c":"-inf"}"#), r#"{"c":-inf}"#);
    }

    proptest! {
        #[test]
        fn valid_json_is_left_alone(key in "[a-zA-Z\\\\\"]{0,6}", value in any::<f64>(), word in "(nan|inf|NaN, -inf)") {
            let json = serde_json::json!({"k": {key: value, "w": word}, "l": [null, true, value as i64]}).to_string();
            prop_assert_eq!(&*repaired(&json).text, json.as_str());
        }

        #[test]
        fn any_text_comes_back_as_it_came(text in "[ -~\\\\\"\\[\\]é]{0,40}|([,\"]?(NaN|inf|x)[,\"]?){0,9}") {
            let it = repaired(&text);
            prop_assert_eq!(it.as_it_came(&it.text), text.as_str());
        }

        #[test]
        fn gb18030_is_known_again(text in "[一-龥]{1,40}") {
            // No encoder is available here, so the test writes two-byte characters of the area that GB2312 fills.
            let bytes: Vec<u8> = text.chars().flat_map(|letter| {
                let n = letter as u32;
                [0xb0 + (n % 0x47) as u8, 0xa1 + (n % 0x5d) as u8]
            }).collect();
            prop_assume!(std::str::from_utf8(&bytes).is_err());
            prop_assert!(is_gb18030(&bytes));
        }
    }
}
