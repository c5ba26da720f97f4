//! One macro for the closed word lists of the wire: a number, a snake_case word and two labels each.
//! No list of its own.

/// Declares a closed list. Each line is `Variant = code, "wire_word", "中文", "English";`.
///
/// `code` is the number the terminal protocol gives the variant, or its place in the list
/// where the protocol has none. On the wire of the API the variant is its word.
#[macro_export]
macro_rules! wire_enum {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$vmeta:meta])* $variant:ident = $code:literal, $word:literal, $zh:literal, $en:literal;)+
    }) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
            pub const fn label(self, lang: $crate::lang::Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$variant, $crate::lang::Lang::Zh) => $zh,
                      (Self::$variant, $crate::lang::Lang::En) => $en,)+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
