//! Masks device ids, keys and tokens: everyone but administrators sees their last four characters.

/// The sign for the characters that are not shown.
const HIDDEN: char = '…';
/// The number of characters that are shown.
const CHARACTERS_SHOWN: usize = 4;
/// A text of at most this length is hidden whole, because four of its characters would be most of it.
const SHORT_LENGTH: usize = 8;
/// The number of hexadecimal digits of a device id; access keys and tokens have more.
const DIGITS: usize = 32;

/// `…7f3a` for a device id or a key.
pub fn mask(secret: &str) -> String {
    let length = secret.chars().count();
    let skipped = if length <= SHORT_LENGTH { length } else { length - CHARACTERS_SHOWN };
    std::iter::once(HIDDEN).chain(secret.chars().skip(skipped)).collect()
}

/// Masks the sender of an upload: of `manual:NAME` the name is hidden, `import:FILE` and `bulk:NAME` are no secrets, a device id is one.
pub fn mask_sender(sent_by: &str) -> String {
    if let Some((kind @ "manual", _)) = sent_by.split_once(':') {
        return format!("{kind}:{HIDDEN}");
    }
    if sent_by.is_empty() || sent_by.starts_with("import:") || sent_by.starts_with("bulk:") {
        sent_by.to_owned()
    } else {
        mask(sent_by)
    }
}

/// A text with every run of at least 32 hexadecimal digits masked that holds a secret: `is_secret` is asked of each 32 of
/// them in lower case, so that neither letter case nor what stands beside an id shows it.
pub fn mask_within(text: &str, is_secret: impl Fn(&str) -> bool) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|it: char| it.is_ascii_hexdigit()) {
        let run = &rest[start..];
        let length = run.find(|it: char| !it.is_ascii_hexdigit()).unwrap_or(run.len());
        masked.push_str(&rest[..start]);
        let (run, after) = run.split_at(length);
        let digits = run.to_ascii_lowercase();
        let mut windows = (DIGITS..=length).map(|end| &digits[end - DIGITS..end]);
        if windows.any(&is_secret) {
            masked.push_str(&mask(run));
        } else {
            masked.push_str(run);
        }
        rest = after;
    }
    masked.push_str(rest);
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_characters_are_shown_and_of_a_short_text_none() {
        assert_eq!(mask("0123456789abcdef0123456789ab7f3a"), "…7f3a");
        assert_eq!(mask("12345678"), "…");
        assert_eq!(mask(""), "…");
        assert_eq!(mask("口令口令口令口令口令"), "…口令口令");
    }

    #[test]
    fn files_and_systems_are_named_in_full() {
        assert_eq!(mask_sender("import:2025.csv"), "import:2025.csv");
        assert_eq!(mask_sender("bulk:city heat"), "bulk:city heat");
        assert_eq!(mask_sender("0123456789abcdef0123456789ab7f3a"), "…7f3a");
        assert_eq!(mask_sender(""), "");
    }

    #[test]
    fn ids_within_a_text_are_masked_and_other_digits_stay() {
        let id = "0123456789abcdef0123456789ab7f3a";
        let text = format!("{{\"deviceId\":\"{id}\",\"enterpriseCode\":\"911201120000000191\"}}");
        assert_eq!(
            mask_within(&text, |it| it == id),
            "{\"deviceId\":\"…7f3a\",\"enterpriseCode\":\"911201120000000191\"}"
        );
        assert_eq!(mask_within(&text, |_| false), text);
        let beside = format!("0x{} ab{id} {id}0 {}", id.to_uppercase(), &id[1..]);
        assert_eq!(
            mask_within(&beside, |it| it == id),
            format!("0x…7F3A …7f3a …f3a0 {}", &id[1..])
        );
        assert_eq!(mask_within("", |_| true), "");
        assert_eq!(mask_within("量 ab 量", |_| true), "量 ab 量");
    }
}
