//! Finds names that a reader may confuse: equal after compatibility folding (NFKC), or with the same skeleton by the
//! confusables of Unicode Technical Standard 39.

use unicode_normalization::UnicodeNormalization;
use unicode_security::confusable_detection::skeleton;

use super::checks::is_unseen;

/// How similar two names look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The names are equal after folding.
    Equal,
    /// The names have the same skeleton.
    Confusable,
}

impl Likeness {
    /// The word for it in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Confusable => "confusable",
        }
    }
}

/// A name in the forms in which names are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    equal: String,
    skeleton: String,
}

/// Folds width, letter case, spaces and invisible characters, which do not make a different name.
pub fn fold(name: &str) -> Folded {
    let equal: String = name
        .nfkc()
        .filter(|it| !it.is_whitespace() && !is_unseen(*it))
        .flat_map(char::to_lowercase)
        .collect();
    // Upper case is compared too: capital letters have other look-alikes than small ones.
    let upper: String = equal.chars().flat_map(char::to_uppercase).collect();
    let skeleton = skeleton(&skeleton(&upper).collect::<String>().to_lowercase())
        .filter(|it| it.is_alphanumeric())
        .collect();
    Folded { equal, skeleton }
}

impl Folded {
    /// The skeleton by Unicode Technical Standard 39. A reader can tell names with different skeletons apart.
    pub fn skeleton(&self) -> &str {
        &self.skeleton
    }

    /// How similar two names look; `None` where a reader can tell them apart.
    pub fn likeness(&self, other: &Self) -> Option<Likeness> {
        if self.equal == other.equal {
            Some(Likeness::Equal)
        } else if !self.skeleton.is_empty() && self.skeleton == other.skeleton {
            Some(Likeness::Confusable)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(a: &str, b: &str) -> Option<Likeness> {
        fold(a).likeness(&fold(b))
    }

    #[test]
    fn width_case_and_spaces_make_no_other_name() {
        for (a, b) in [
            ("津门特钢", "津门特钢"),
            ("津门（集团）", "津门(集团)"),
            ("ABC热力", "ａｂｃ 热力"),
            ("津门\u{200b}特钢", "津门特钢"),
            ("⽯化", "石化"),
        ] {
            assert_eq!(likeness(a, b), Some(Likeness::Equal), "{a} {b}");
        }
    }

    #[test]
    fn look_alikes_are_confusable_and_others_are_not() {
        for (a, b) in [
            ("BOE热电", "ВОЕ热电"),
            ("Paypal heat", "Pаypаl heat"),
            ("A1热力", "Al热力"),
            ("津门·特钢", "津门特钢"),
        ] {
            assert_eq!(likeness(a, b), Some(Likeness::Confusable), "{a} {b}");
        }
        for (a, b) in
            [("津门特钢", "津海特钢"), ("一号热力", "二号热力"), ("甲", "乙"), ("。", "！")]
        {
            assert_eq!(likeness(a, b), None, "{a} {b}");
        }
    }
}
