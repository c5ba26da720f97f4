//! One macro for the closed word lists of the wire: a number, a snake_case word and two labels each.
//! No list of its own.

/// Declares a closed list. Each line is `Variant = code, "wire_word", "中文", "English";`.
///
/// The word is taken as a `tt`: the schema derive does not see through a `literal`.
///
/// `code` is the number the terminal protocol gives the variant, or its place in the list
/// where the protocol has none. On the wire of the API the variant is its word.
#[macro_export]
macro_rules! wire_enum {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$vmeta:meta])* $variant:ident = $code:literal, $word:tt, $zh:literal, $en:literal;)+
    }) => {
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        $(#[$meta])*
        #[repr(u16)]
        pub enum $name {
            $($(#[$vmeta])* #[doc = $en] #[serde(rename = $word)] $variant = $code,)+
        }

        impl $name {
            /// Every variant, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The protocol's number, or the place in the list where it has none.
            pub const fn code(self) -> u16 {
                self as u16
            }

            /// The variant with this number, if there is one.
            pub fn from_code(code: u16) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.code() == code)
            }

            /// The word on the wire, in URLs and in the store.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            /// The variant with this wire word, if there is one.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.as_str() == word)
            }

            /// The label in the given language.
            pub const fn label(self, lang: $crate::wire::lang::Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$variant, $crate::wire::lang::Lang::Zh) => $zh,
                      (Self::$variant, $crate::wire::lang::Lang::En) => $en,)+
                }
            }
        }

        impl $crate::wire::json::FromJson for $name {
            fn from_json(json: $crate::wire::json::Json) -> Result<Self, $crate::wire::json::Mismatch> {
                let word = <String as $crate::wire::json::FromJson>::from_json(json)?;
                Self::parse(&word).ok_or_else(|| $crate::wire::json::mismatch(concat!("a ", stringify!($name))))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use crate::codes::basis::Basis;
    use crate::wire::lang::Lang;

    #[test]
    fn the_wire_word_is_what_serde_reads_and_writes() {
        for basis in Basis::ALL {
            let json = serde_json::to_string(basis).unwrap();
            assert_eq!(json, format!("\"{basis}\""));
            assert_eq!(serde_json::from_str::<Basis>(&json).unwrap(), *basis);
            assert_eq!(Basis::parse(basis.as_str()), Some(*basis));
        }
        assert!(serde_json::from_str::<Basis>("\"Calorific\"").is_err());
        assert_eq!(Basis::Calorific.label(Lang::Zh), "当量");
    }

    #[cfg(feature = "openapi")]
    #[test]
    fn the_schema_lists_the_wire_words() {
        use utoipa::{PartialSchema, ToSchema};
        let schema = serde_json::to_value(crate::codes::scope::Scope::schema()).unwrap();
        let words = ["whole_plant", "process", "process_unit", "key_equipment"];
        assert_eq!(schema["enum"], serde_json::json!(words));
        assert_eq!(crate::codes::scope::Scope::name(), "DataScope");
        let problem =
            serde_json::to_value(crate::problems::problem::ProblemCode::schema()).unwrap();
        assert_eq!(problem["enum"][0], "entry_field_missing");
        let month = serde_json::to_value(crate::periods::month::Month::schema()).unwrap();
        assert_eq!(month["type"], "string");
    }
}
