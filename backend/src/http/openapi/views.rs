//! Describes the views in the API document: their parameters, formats and answers.

use axum::routing::MethodRouter;
use nengce_shared::access::permission::Permission;
use utoipa::ToSchema;
use utoipa::openapi::path::{Operation, OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Required, Schema};

use super::texts::PARAMETERS;
use crate::http::content::query::EVERYWHERE;
use crate::http::content::table;
use crate::http::state::AppState;

/// The schema of an answer, and the schemas to which it refers.
pub struct Answer {
    schema: RefOr<Schema>,
    pub(super) parts: Vec<(String, RefOr<Schema>)>,
}

impl Answer {
    pub fn one<T: ToSchema>() -> Self {
        let mut parts = vec![(T::name().into_owned(), T::schema())];
        T::schemas(&mut parts);
        Self { schema: Ref::from_schema_name(T::name()).into(), parts }
    }

    pub fn list<T: ToSchema>() -> Self {
        let Self { schema, parts } = Self::one::<T>();
        Self { schema: Schema::from(ArrayBuilder::new().items(schema).build()).into(), parts }
    }
}

/// The answer of a type, or of a list of it in brackets.
macro_rules! answer {
    ([$row:ty]) => {
        $crate::http::openapi::views::Answer::list::<$row>()
    };
    ($whole:ty) => {
        $crate::http::openapi::views::Answer::one::<$whole>()
    };
}

pub(in crate::http) use answer;

/// A view: a GET whose answer comes in every format.
pub struct View {
    pub path: &'static str,
    pub permission: Permission,
    pub route: MethodRouter<AppState>,
    pub tag: &'static str,
    pub summary: &'static str,
    /// Its parameters in the query, beside those that every resource takes.
    pub parameters: Vec<&'static str>,
    pub answer: Answer,
}

fn text_parameter(name: &str, place: ParameterIn) -> ParameterBuilder {
    let path = matches!(place, ParameterIn::Path);
    let words = match (path, name) {
        (true, "code") => "unified social credit code, 18 characters",
        (true, _) => "product code (0102), its name, or an industry (C31)",
        _ => PARAMETERS.iter().find(|it| it.0 == name).map_or("", |it| it.1),
    };
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(if path { Required::True } else { Required::False })
        .description(Some(words))
        .schema(Some(ObjectBuilder::new().schema_type(SchemaType::new(Type::String))))
}

fn problem(words: &str) -> ResponseBuilder {
    let body = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(words).content(nengce_shared::problem::MEDIA_TYPE, body)
}

/// The view as an operation of the document.
pub fn operation(it: &View) -> Operation {
    let in_path = it.path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    let mut operation = OperationBuilder::new().tag(it.tag).summary(Some(it.summary));
    for name in in_path.clone() {
        operation = operation.parameter(text_parameter(name, ParameterIn::Path));
    }
    for name in it.parameters.iter().copied().chain(EVERYWHERE) {
        operation = operation.parameter(text_parameter(name, ParameterIn::Query));
    }
    let json = ContentBuilder::new().schema(Some(it.answer.schema.clone())).build();
    let file = || ContentBuilder::new().build();
    let ok = ResponseBuilder::new()
        .description("the answer; ETag is strong")
        .content("application/json", json)
        .content("text/csv", file())
        .content(table::XLSX, file())
        .content(table::PARQUET, file());
    operation = operation
        .response("200", ok)
        .response("304", ResponseBuilder::new().description("If-None-Match holds the answer"))
        .response("400", problem("a parameter is unknown or not valid"));
    if in_path.count() > 0 {
        operation = operation.response("404", problem("no such unit, product or industry"));
    }
    operation.build()
}
