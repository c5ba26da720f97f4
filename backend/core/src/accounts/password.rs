//! Which passwords are accepted: long ones that are neither the account's name nor among the commonest. Kinds of
//! characters are asked for only where a review of the operator wants them (GB/T 22239, recalled).

/// The commonest passwords of published lists (recalled), in lower case.
const COMMON: &str = include_str!("../../data/common_passwords.txt");

/// Characters of a password, at most.
const LONGEST: usize = 256;

/// What the operator demands of passwords.
#[derive(Debug, Clone, Copy)]
pub struct PasswordRule {
    /// Characters, at least.
    pub min_length: usize,
    /// Of capital letters, small letters, digits and other characters, so many kinds at least.
    pub min_kinds: usize,
}

/// Why a password is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    /// It is too short, or beyond any reason long.
    Length,
    /// It has fewer kinds of characters than demanded.
    Kinds,
    /// It holds the account's name.
    Name,
    /// It is among the commonest, one run of a keyboard or alphabet, or one short piece again and again.
    Common,
}

impl PasswordRule {
    /// Whether a password is accepted for an account.
    pub fn check(&self, password: &str, name: &str) -> Result<(), Weakness> {
        let length = password.chars().count();
        if length < self.min_length || length > LONGEST {
            return Err(Weakness::Length);
        }
        if kinds(password) < self.min_kinds {
            return Err(Weakness::Kinds);
        }
        let lower = password.to_lowercase();
        if lower.contains(&name.to_lowercase()) {
            return Err(Weakness::Name);
        }
        match is_common(&lower) {
            true => Err(Weakness::Common),
            false => Ok(()),
        }
    }
}

fn kinds(password: &str) -> usize {
    let is: [fn(char) -> bool; 4] =
        [char::is_uppercase, char::is_lowercase, char::is_numeric, |it| {
            !it.is_uppercase() && !it.is_lowercase() && !it.is_numeric()
        }];
    is.iter().filter(|is| password.chars().any(**is)).count()
}

fn is_common(lower: &str) -> bool {
    let letters: Vec<char> = lower.chars().collect();
    let repeats = (1..=4).any(|piece| {
        letters.iter().skip(piece).eq(&letters[..letters.len().saturating_sub(piece)])
    });
    let step = |it: &[char]| u32::from(it[1]).wrapping_sub(u32::from(it[0]));
    let runs = letters.windows(2).all(|it| step(it) == 1)
        || letters.windows(2).all(|it| step(it) == u32::MAX);
    // `Password2024!` is `password` with what every rule of kinds makes people add.
    let core = lower.trim_end_matches(|it: char| !it.is_alphabetic());
    let listed = |word: &str| COMMON.lines().any(|it| it == word);
    repeats || runs || listed(lower) || listed(core)
}

impl Weakness {
    /// The reason in Chinese.
    pub fn reason_zh(self, rule: &PasswordRule) -> String {
        match self {
            Self::Length => format!("口令应为 {}–{LONGEST} 个字符", rule.min_length),
            Self::Kinds => format!("大写、小写、数字、其他字符中至少 {} 类", rule.min_kinds),
            Self::Name => "口令不能含有账号名".to_owned(),
            Self::Common => "口令太常见或有规律，换一个别人猜不到的".to_owned(),
        }
    }

    /// The reason in English.
    pub fn reason_en(self, rule: &PasswordRule) -> String {
        match self {
            Self::Length => format!("a password has {} to {LONGEST} characters", rule.min_length),
            Self::Kinds => format!(
                "at least {} kinds of capital letters, small letters, digits and other characters",
                rule.min_kinds
            ),
            Self::Name => "a password must not hold the account's name".to_owned(),
            Self::Common => "the password is too common or too regular".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RULE: PasswordRule = PasswordRule { min_length: 12, min_kinds: 0 };

    #[test]
    fn length_counts_and_what_everybody_tries_does_not_pass() {
        let check = |it: &str| RULE.check(it, "jinghai.zheng");
        assert_eq!(check("four plain words here"), Ok(()));
        assert_eq!(check("节能监测要天天看数据才行"), Ok(()));
        assert_eq!(check("short"), Err(Weakness::Length));
        assert_eq!(check(&"ab1".repeat(100)), Err(Weakness::Length));
        assert_eq!(check("Jinghai.Zheng2026"), Err(Weakness::Name));
        for common in
            ["aaaaaaaaaaaa", "123412341234", "abcdefghijklm", "Password2024!!", "qwertyuiop123"]
        {
            assert_eq!(check(common), Err(Weakness::Common), "{common}");
        }
    }

    #[test]
    fn kinds_are_counted_where_they_are_asked_for() {
        let rule = PasswordRule { min_kinds: 3, ..RULE };
        assert_eq!(rule.check("four plain words here", "x9"), Err(Weakness::Kinds));
        assert_eq!(rule.check("Four plain words here", "x9"), Ok(()));
    }

    proptest! {
        #[test]
        fn any_text_is_answered_and_longer_demands_accept_no_more(
            password in ".{0,40}", min_length in 1usize..40, min_kinds in 0usize..4,
        ) {
            let strict = PasswordRule { min_length, min_kinds };
            let lax = PasswordRule { min_length: 1, min_kinds: 0 };
            if strict.check(&password, "jinghai.zheng").is_ok() {
                prop_assert_eq!(lax.check(&password, "jinghai.zheng"), Ok(()));
            }
        }
    }
}
