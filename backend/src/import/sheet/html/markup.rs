//! The parts of a page's text: tags with their attributes, and entities.

/// A tag: its name in lower case, without the prefix of spreadsheet XML.
pub(super) struct Tag<'a> {
    text: &'a str,
    pub closes: bool,
    pub name: String,
}

impl<'a> Tag<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let name = text.trim_start_matches('/').chars();
        let name = name.take_while(|it| it.is_ascii_alphanumeric() || *it == ':');
        let lower = name.collect::<String>().to_ascii_lowercase();
        let name = lower.strip_prefix("ss:").unwrap_or(&lower).to_owned();
        Self { text, closes: text.starts_with('/'), name }
    }

    pub(super) fn is_of_cell(&self) -> bool {
        matches!(self.name.as_str(), "td" | "th" | "cell")
    }

    pub(super) fn has_content(&self) -> bool {
        !self.closes && !self.text.ends_with('/')
    }

    /// A number among the attributes.
    pub(super) fn attribute(&self, name: &str) -> Option<u32> {
        let lower = self.text.to_ascii_lowercase();
        let at = lower.find(&format!("{name}="))? + name.len() + 1;
        let value = lower[at..].trim_start_matches(['"', '\'']);
        let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    }
}

/// The text with its entities replaced.
pub(super) fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|it| it == b';');
        let found = end.and_then(|end| Some((entity(&rest[1..end])?, end)));
        match found {
            Some((it, end)) => {
                plain.push(it);
                rest = &rest[end + 1..];
            }
            None => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn entity(name: &str) -> Option<char> {
    let code = |it: u32| char::from_u32(it);
    if let Some(digits) = name.strip_prefix("#x").or_else(|| name.strip_prefix("#X")) {
        return code(u32::from_str_radix(digits, 16).ok()?);
    }
    if let Some(digits) = name.strip_prefix('#') {
        return code(digits.parse().ok()?);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "sup3" => '³',
        "sup2" => '²',
        "middot" => '·',
        "minus" => '−',
        "mdash" => '—',
        "ndash" => '–',
        _ => return None,
    })
}
