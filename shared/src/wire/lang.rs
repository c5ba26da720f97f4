//! The two languages of every text of the server and the screen.

crate::wire_enum! {
    /// The language of a label: Chinese first, English one click away.
    pub enum Lang {
        Zh = 1, "zh", "中文", "Chinese";
        En = 2, "en", "英文", "English";
    }
}

impl Lang {
    /// The text of this language out of a pair `(zh, en)`.
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// Reads an `Accept-Language` header or a `?lang=` value; anything that does not
    /// prefer English is Chinese.
    pub fn of_tag(tag: &str) -> Self {
        let first = tag.split([',', ';']).next().unwrap_or_default().trim();
        if first.to_ascii_lowercase().starts_with("en") { Self::En } else { Self::Zh }
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn only_a_first_choice_of_english_is_english() {
        for (tag, lang) in [
            ("en-GB,zh;q=0.5", Lang::En),
            ("EN", Lang::En),
            ("zh-CN,en;q=0.9", Lang::Zh),
            ("", Lang::Zh),
            ("fr", Lang::Zh),
        ] {
            assert_eq!(Lang::of_tag(tag), lang, "{tag}");
        }
    }
}
