//! How a list of keys becomes the configuration: a field and a default for each.

macro_rules! keys {
    ($($(#[$about:meta])* $key:ident: $type:ty = $default:expr;)*) => {
        /// The configuration; `nengce check-config --print-sample` prints it with these defaults.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct Config {
            $($(#[$about])* pub $key: $type,)*
        }

        impl Default for Config {
            fn default() -> Self {
                Self { $($key: $default,)* }
            }
        }
    };
}
pub(super) use keys;
