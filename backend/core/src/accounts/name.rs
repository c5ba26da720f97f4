//! The name with which a person signs in.

/// Characters of a name, at most.
const LENGTH: usize = 64;

/// A sign-in name in its one form: lower-case letters, digits, `.`, `_`, `-` and `@`, of two characters or more.
pub fn sign_in_name(typed: &str) -> Option<String> {
    let name = typed.trim().to_ascii_lowercase();
    let allowed = |it: char| it.is_ascii_alphanumeric() || "._-@".contains(it);
    ((2..=LENGTH).contains(&name.len()) && name.chars().all(allowed)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::sign_in_name;

    #[test]
    fn a_name_has_one_form() {
        assert_eq!(sign_in_name(" Jinghai.Zheng ").as_deref(), Some("jinghai.zheng"));
        for wrong in ["", "a", "a b", "张某", "a/b", &"a".repeat(65)] {
            assert_eq!(sign_in_name(wrong), None, "{wrong}");
        }
    }
}
