//! The two kinds of lines in `router.rs`. Each line makes a route and its entry in the API document, so that neither can
//! be written without the other.

use axum::routing::MethodRouter;
use nengce_shared::access::permission::Permission;
use utoipa::openapi::OpenApi;

use crate::http::state::AppState;

/// A path, its method, the permission that it needs, and the route.
pub type Operation = (&'static str, &'static str, Permission, MethodRouter<AppState>);

/// Routes, each with the permission that it needs, and the part of the API document that describes them.
pub struct Operations {
    pub routes: Vec<Operation>,
    pub described: fn() -> OpenApi,
}

/// A function that lists operations by method, path, handler and permission; the handler carries its description.
macro_rules! operations {
    ($list:ident: $($method:ident $path:literal $($handler:ident)::+, $permission:ident;)*) => {
        pub(in crate::http) fn $list() -> $crate::http::openapi::operations::Operations {
            #[derive(utoipa::OpenApi)]
            #[openapi(paths($($($handler)::+),*))]
            struct Described;
            $crate::http::openapi::operations::Operations {
                routes: vec![$((
                    $path,
                    stringify!($method),
                    nengce_shared::access::permission::Permission::$permission,
                    axum::routing::$method($($handler)::+),
                )),*],
                described: <Described as utoipa::OpenApi>::openapi,
            }
        }
    };
}

/// A function that lists views: the tag, permission and path, the handler with its parameters, the type of the answer or of its
/// rows in brackets, and a sentence.
macro_rules! views {
    ($list:ident: $($tag:ident $permission:ident $path:literal $($handler:ident)::+ ($parameters:expr) -> $answer:tt $summary:literal;)*) => {
        pub fn $list() -> Vec<$crate::http::openapi::views::View> {
            use $crate::http::openapi::views::{View, answer};
            vec![$({
                let parameters: &[&'static str] = &$parameters;
                View {
                    path: $path,
                    permission: nengce_shared::access::permission::Permission::$permission,
                    route: axum::routing::get($($handler)::+),
                    tag: stringify!($tag),
                    summary: $summary,
                    parameters: parameters.to_vec(),
                    answer: answer!($answer),
                }
            }),*]
        }
    };
}

pub(in crate::http) use {operations, views};
