//! The wire contract between the API and its clients: one file per resource.
//! Shapes only. Energy is in tce, value added in 10^4 yuan at comparable prices, shares and changes are
//! fractions (0.023 = 2.3 %), periods are `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. A missing figure is `null`, never 0.

pub mod account;
pub mod audit;
pub mod audit_pack;
pub mod balance;
pub mod benchmark;
pub mod bulk;
pub mod case;
pub mod case_papers;
pub mod claim;
pub mod common;
pub mod compliance;
pub mod connection_failure;
pub mod cost;
pub mod credit;
pub mod device_evidence;
pub mod dual_control;
pub mod energy_flow;
pub mod home;
pub mod imports;
pub mod intensity;
pub mod link;
pub mod maintenance;
pub mod meta;
pub mod operation;
pub mod peers;
pub mod plan;
pub mod programme;
pub mod quality;
pub mod replacements;
pub mod savings;
pub mod sharing;
pub mod shifts;
pub mod slice;
pub mod snapshot;
pub mod submission;
pub mod table_file;
pub mod targets;
pub mod tariff;
pub mod unit;
pub mod unit_change;
pub mod unit_readings;
pub mod upload;

/// A wire shape: (de)serialisable, comparable, and described in the OpenAPI document when asked for.
macro_rules! wire {
    ($($(#[$meta:meta])* pub struct $name:ident {
        $($(#[$about:meta])* pub $field:ident: $type:ty,)*
    })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct $name { $($(#[$about])* pub $field: $type,)* }

        impl $crate::wire::json::FromJson for $name {
            fn from_json(json: $crate::wire::json::Json) -> Result<Self, $crate::wire::json::Mismatch> {
                let mut fields = $crate::wire::json::Fields::of(json)?;
                Ok(Self { $($field: fields.take(stringify!($field))?,)* })
            }
        }
    )+};
}
pub(crate) use wire;
