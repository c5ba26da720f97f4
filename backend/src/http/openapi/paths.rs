//! `GET /api/openapi.json`: the whole surface as an OpenAPI 3.1 document. One table here describes the views;
//! terminals, devices and uploads are described beside their handlers.

use nengce_shared::api::{
    benchmark, dual_control, energy_flow, intensity, meta, slice, targets, unit,
    unit_series as series,
};
use nengce_shared::problem::Problem;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Required, Schema};
use utoipa::{OpenApi, ToSchema};

use super::terminals;
use super::texts::PARAMETERS;
use crate::http::content::query::EVERYWHERE;
use crate::http::content::table;
use crate::http::events;
use crate::http::views::{parameters, slice as slice_view, snapshot, unit as unit_views};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Nengce",
        description = "Online energy-consumption monitoring of key energy-using units: terminal protocol and portal API. \
                       Energy in tce, value added in 10^4 yuan at comparable prices, shares and changes as fractions; \
                       a missing figure is null, never 0. \
                       Terminals' paths are those of the profiles that are bound to this listener."
    ),
    paths(snapshot::get_snapshot, snapshot::get_days, events::get_events),
    components(schemas(Problem))
)]
struct Described;

/// Name and schemas of an answer.
struct Answer {
    schema: RefOr<Schema>,
    parts: Vec<(String, RefOr<Schema>)>,
}

fn answer<T: ToSchema>() -> Answer {
    let mut parts = vec![(T::name().into_owned(), T::schema())];
    T::schemas(&mut parts);
    Answer { schema: Ref::from_schema_name(T::name()).into(), parts }
}

fn list<T: ToSchema>() -> Answer {
    let one = answer::<T>();
    let schema = Schema::from(ArrayBuilder::new().items(one.schema).build());
    Answer { schema: schema.into(), parts: one.parts }
}

/// A question: path, tag, what it answers, its parameters, the shape of the answer.
pub(super) struct Question {
    pub(super) path: &'static str,
    tag: &'static str,
    summary: &'static str,
    pub(super) known: Vec<&'static str>,
    answer: Answer,
}

fn question(
    path: &'static str,
    tag: &'static str,
    summary: &'static str,
    known: Vec<&'static str>,
    answer: Answer,
) -> Question {
    Question { path, tag, summary, known, answer }
}

fn filter_and(more: &[&'static str]) -> Vec<&'static str> {
    parameters::FILTER.iter().chain(more).copied().collect()
}

pub(super) fn questions() -> Vec<Question> {
    let with = parameters::with;
    vec![
        question(
            "/api/v1/meta",
            "frame",
            "Place, lists, editions, span of the data",
            vec![],
            answer::<meta::Meta>(),
        ),
        question(
            "/api/v1/timeline",
            "frame",
            "Consumption by month for all years",
            filter_and(&[]),
            answer::<meta::Timeline>(),
        ),
        question(
            "/api/v1/factors",
            "frame",
            "Coal-equivalent factors with their sources",
            vec!["basis", "energy_type"],
            list::<meta::FactorRow>(),
        ),
        question(
            "/api/v1/dual-control",
            "views",
            "Total and intensity against target, districts, industries, units",
            with(&["table"]),
            answer::<dual_control::DualControl>(),
        ),
        question(
            "/api/v1/energy-flow",
            "views",
            "Energy from purchase over conversion to end use, by energy type; links between units are inferred",
            with(&[]),
            answer::<energy_flow::EnergyFlow>(),
        ),
        question(
            "/api/v1/intensity",
            "views",
            "Intensity by district, industry or unit",
            with(&["by", "table"]),
            answer::<intensity::IntensityView>(),
        ),
        question(
            "/api/v1/intensity/decomposition",
            "views",
            "LMDI between years, chained",
            filter_and(&["from", "to", "by"]),
            answer::<intensity::Decomposition>(),
        ),
        question(
            "/api/v1/benchmarks",
            "views",
            "Products and industries that can be compared",
            with(&[]),
            answer::<benchmark::BenchmarkSubjects>(),
        ),
        question(
            "/api/v1/benchmarks/{subject}",
            "views",
            "Distribution, limits, ranks and potential of a product or an industry",
            with(&["period", "unit"]),
            answer::<benchmark::BenchmarkView>(),
        ),
        question(
            "/api/v1/inspection-targets",
            "views",
            "Whom to visit, by a sum that can be redone",
            with(&[]),
            answer::<targets::InspectionTargets>(),
        ),
        question(
            "/api/v1/slice",
            "views",
            "Additive figures by any dimensions; filters take lists by comma",
            slice_view::KNOWN.to_vec(),
            answer::<slice::SliceView>(),
        ),
        question(
            "/api/v1/units",
            "units",
            "Units with their figures",
            with(&["q", "reporting", "data", "limit", "cursor"]),
            answer::<unit::UnitList>(),
        ),
        question(
            "/api/v1/units/{code}",
            "units",
            "One unit's card",
            unit_views::card::KNOWN.to_vec(),
            answer::<unit::UnitDetail>(),
        ),
        question(
            "/api/v1/units/{code}/energy",
            "units",
            "One unit's energy by day, month or year",
            unit_views::energy::KNOWN.to_vec(),
            answer::<unit::UnitEnergy>(),
        ),
        question(
            "/api/v1/units/{code}/readings",
            "units",
            "Raw readings with the values they replaced",
            unit_views::readings::KNOWN.to_vec(),
            answer::<unit::ReadingList>(),
        ),
        question(
            "/api/v1/units/{code}/calendar",
            "units",
            "What came of what was due, by day",
            unit_views::calendar::KNOWN.to_vec(),
            answer::<unit::Calendar>(),
        ),
        question(
            "/api/v1/units/{code}/load-duration",
            "units",
            "Real-time values from the highest to the lowest",
            unit_views::load_duration::KNOWN.to_vec(),
            answer::<unit::LoadDuration>(),
        ),
        question(
            "/api/v1/units/{code}/load-profile",
            "units",
            "The mean week of a real-time item",
            unit_views::load_profile::KNOWN.to_vec(),
            answer::<unit::LoadProfile>(),
        ),
        question(
            "/api/v1/units/{code}/series",
            "units",
            "Real-time values thinned to the columns of a screen",
            unit_views::series::KNOWN.to_vec(),
            answer::<series::SeriesView>(),
        ),
        question(
            "/api/v1/units/{code}/meters",
            "units",
            "Meters and their calibration",
            vec![],
            answer::<unit::MeterList>(),
        ),
    ]
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

fn operation(it: &Question) -> OperationBuilder {
    let in_path = it.path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    let mut operation = OperationBuilder::new().tag(it.tag).summary(Some(it.summary));
    for name in in_path.clone() {
        operation = operation.parameter(text_parameter(name, ParameterIn::Path));
    }
    for name in it.known.iter().copied().chain(EVERYWHERE) {
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
    match in_path.count() {
        0 => operation,
        _ => operation.response("404", problem("no such unit, product or industry")),
    }
}

/// What the handlers and the table above say; `operations` are those of the router.
pub(super) fn described(operations: utoipa::openapi::OpenApi) -> utoipa::openapi::OpenApi {
    let mut document = Described::openapi();
    document.merge(terminals::Described::openapi());
    document.merge(operations);
    document.info.version = env!("CARGO_PKG_VERSION").to_owned();
    let components = document.components.get_or_insert_default();
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
    components.add_security_scheme("admin", SecurityScheme::Http(bearer.clone()));
    components.add_security_scheme("system", SecurityScheme::Http(bearer.clone()));
    components.add_security_scheme("access_key", SecurityScheme::Http(bearer));
    for it in questions() {
        let operation = operation(&it).build();
        document.paths.add_path_operation(it.path, vec![HttpMethod::Get], operation);
        let components = document.components.get_or_insert_default();
        components.schemas.extend(it.answer.parts);
    }
    document
}
