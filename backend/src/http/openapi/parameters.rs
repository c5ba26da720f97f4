//! What a parameter may hold, as schemas of the API document: closed lists, forms of dates and codes, bounds of numbers.
//! By the parameter's name; where two resources mean different things by one name, by the path too.

use nengce_analysis::intensity::By;
use nengce_core::quality::RULES;
use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::reporting_state::ReportingState;
use nengce_shared::submission::{AnswerState, SubmissionState};
use nengce_shared::unit_class::UnitClass;
use serde_json::{Value, json};

use crate::http::content::paging;
use crate::http::operators::unit_changes;
use crate::http::quality::units::SORTS;
use crate::http::views::city::units::HAS_DATA;
use crate::http::views::city::{dual_control, intensity};
use crate::http::views::unit::audit_pack;
use crate::store::registry::claims::ClaimState;

const DAY_MONTH_YEAR: &str = "^[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$";
const MONTH: &str = "^[1-9][0-9]{3}-(0[1-9]|1[0-2])$";
const CREDIT_CODE: &str = "^[0-9A-HJ-NPQRTUWXY]{18}$";
const DATA_CODE: &str = "^([0-9]{16}|[0-9]{2}-[0-9]{2}-[0-9]{4}-[0-9]{6}-[0-9]{2})$";

pub(super) fn describe(document: &mut Value) {
    let Some(paths) = document["paths"].as_object_mut() else {
        return;
    };
    for (path, item) in paths {
        for operation in item.as_object_mut().into_iter().flatten().map(|it| it.1) {
            let parameters = operation.get_mut("parameters");
            let Some(parameters) = parameters.and_then(Value::as_array_mut) else {
                continue;
            };
            // Every list negotiates its language as well as its format.
            let has = |name: &str| parameters.iter().any(|it| it["name"] == name);
            if has("format") && !has("lang") {
                parameters.push(json!({"name": "lang", "in": "query", "required": false,
                                       "description": "zh or en; else by Accept-Language"}));
            }
            for it in parameters {
                let name = it["name"].as_str().unwrap_or_default();
                if let Some(schema) = schema(path, name) {
                    it["schema"] = schema;
                }
                // An empty value counts as not given.
                if it["in"] == "query" {
                    it["allowEmptyValue"] = Value::from(true);
                }
            }
        }
    }
}

/// A closed list and the word for no choice of it.
fn and_all<'a>(words: &[&'a str]) -> Vec<&'a str> {
    words.iter().copied().chain(["all"]).collect()
}

fn schema(path: &str, name: &str) -> Option<Value> {
    let words = |all: &[&str]| json!({"type": "string", "enum": all});
    let listed = |all: Vec<&str>| {
        let one = all.join("|");
        json!({"type": "string", "pattern": format!("^({one})(,({one}))*$")})
    };
    let form = |pattern: &str| json!({"type": "string", "pattern": pattern});
    let whole =
        |least: u32, most: u32| json!({"type": "integer", "minimum": least, "maximum": most});
    Some(match (name, path) {
        ("basis", _) => words(&Basis::ALL.iter().map(|it| it.as_str()).collect::<Vec<_>>()),
        ("class", _) => listed(UnitClass::ALL.iter().map(|it| it.as_str()).collect()),
        ("energy", _) => listed(EnergyGroup::ALL.iter().map(|it| it.as_str()).collect()),
        ("reporting", _) => listed(ReportingState::ALL.iter().map(|it| it.as_str()).collect()),
        ("data", _) => words(&HAS_DATA),
        ("region", _) => form("^[0-9]{6}(,[0-9]{6})*$"),
        ("industry", _) => form("^[A-Z][0-9]{0,4}(,[A-Z][0-9]{0,4})*$"),
        ("units", _) => form("^[0-9A-Z]{18}(,[0-9A-Z]{18})*$"),
        ("format", "/api/v1/bulk/{bulk_id}/result") => words(&["ndjson", "csv"]),
        ("format", "/api/v1/table-file") => words(&["xlsx", "parquet"]),
        ("format", "/api/v1/units/{code}/audit-pack") => words(&audit_pack::FORMATS),
        ("format", _) => words(&["json", "csv", "xlsx", "parquet"]),
        ("lang", _) => words(&["zh", "en"]),
        ("grain", "/api/v1/slice") => words(&["day", "month"]),
        ("grain", _) => words(&["day", "month", "year"]),
        ("stat_type", "/api/v1/units/{code}/readings") => whole(0, 3),
        ("from" | "to" | "day", it)
            if it.contains("/quality/")
                || it == "/api/v1/uploads"
                || it.ends_with("/manual-form") =>
        {
            json!({"type": "string", "format": "date"})
        }
        ("from" | "to" | "period", _) => form(DAY_MONTH_YEAR),
        ("works_from" | "works_to" | "until", "/api/v1/units/{code}/savings") => form(MONTH),
        ("year", it) if it.starts_with("/api/v1/units/") => whole(2000, 2100),
        ("month", "/api/v1/units/{code}/costs") => form(MONTH),
        ("baseline_months", _) => whole(12, 36),
        ("model", "/api/v1/units/{code}/savings") => words(&["month", "day"]),
        ("year", _) => whole(audit_pack::FIRST_YEAR, 9_999),
        ("data_code" | "item", _) => form(DATA_CODE),
        ("energy_type", "/api/v1/factors") => form("^[0-9]{4}$"),
        ("limit", _) => whole(1, paging::MOST_ROWS),
        ("width", _) => whole(1, 4_096),
        ("points", _) => whole(2, 1_000),
        ("state", "/api/v1/devices") => words(&["pending", "approved", "revoked"]),
        ("state", "/api/v1/quality/findings") => words(&["open", "resolved", "waived", "all"]),
        ("answer", "/api/v1/quality/findings") => {
            words(&AnswerState::ALL.iter().map(|it| it.as_str()).collect::<Vec<_>>())
        }
        ("state", "/api/v1/submissions") => {
            words(&and_all(&SubmissionState::ALL.iter().map(|it| it.as_str()).collect::<Vec<_>>()))
        }
        ("state", "/api/v1/replacements") => {
            words(&["open", "approved", "refused", "superseded", "all"])
        }
        ("state", "/api/v1/unit-changes") => words(&and_all(&unit_changes::STATES)),
        ("state", "/api/v1/claims") => words(&and_all(&ClaimState::ALL.map(ClaimState::as_str))),
        ("severity", _) => words(&["high", "medium", "low"]),
        ("rule", _) => words(&RULES.iter().map(|it| it.name).collect::<Vec<_>>()),
        ("sort", "/api/v1/quality/units") => words(&SORTS),
        ("order", _) => words(&["asc", "desc"]),
        ("rejected" | "dry_run", _) => words(&["true", "false", "1", "0"]),
        ("kind", "/api/v1/uploads") => {
            words(&["energy", "config", "metering", "import", "bulk", "manual"])
        }
        ("by", _) => words(&By::WORDS),
        ("table", "/api/v1/intensity") => words(&intensity::TABLES),
        ("table", "/api/v1/dual-control") => words(&dual_control::TABLES),
        ("cursor", _) => form("^([0-9a-f]{2})+$"),
        ("code", it) if it.starts_with("/api/v1/units/") => form(CREDIT_CODE),
        _ => return None,
    })
}
