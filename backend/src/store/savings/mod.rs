//! Savings projects of units, and the steps that people took with them.

pub mod facts;

use duckdb::{Connection, params};
use nengce_shared::api::savings::{SavingsStep, SavingsView};
use nengce_shared::submission::Side;

use crate::store::database::each;
use crate::store::error::Result;
use crate::store::json::{self, read, text};

/// A project with what it computed.
#[derive(Debug, Clone)]
pub struct Project {
    /// 0 before it is stored.
    pub id: i32,
    pub unit_id: i32,
    pub name: String,
    /// The query that asks the same again.
    pub question: String,
    pub meters: Vec<String>,
    pub note: String,
    /// computed, signed, withdrawn.
    pub state: String,
    pub result: SavingsView,
    pub made_by: String,
    pub made_at: String,
    /// By whom and when.
    pub signed: Option<(String, String)>,
    /// The last repetition: by whom, when, and whether its figures are those that were signed.
    pub redone: Option<(String, String, bool)>,
}

/// A step, before it is stored.
#[derive(Debug, Clone)]
pub struct NewStep<'a> {
    pub project_id: i32,
    pub at: String,
    pub author: String,
    pub side: Side,
    /// computed, signed, redone, withdrawn.
    pub step: &'static str,
    pub is_same: Option<bool>,
    /// What the step computed; none where it computed nothing new.
    pub result: Option<&'a SavingsView>,
    /// Of the result that the step is about.
    pub input_hash: &'a str,
    pub data_version: u64,
    pub text: String,
}

/// Keeps a new project; its number.
pub fn insert(conn: &Connection, it: &Project) -> Result<i32> {
    let row = params![
        it.unit_id,
        it.name,
        it.question,
        serde_json::json!(it.meters).to_string(),
        it.note,
        it.state,
        text(&it.result)?,
        it.result.input_hash,
        it.made_by,
        it.made_at
    ];
    Ok(conn.query_row(include_str!("sql/project_insert.sql"), row, |row| row.get(0))?)
}

/// Keeps the state of a project, and who signed it.
pub fn update(conn: &Connection, it: &Project) -> Result<()> {
    let (by, at) = it.signed.clone().unzip();
    conn.execute(include_str!("sql/project_update.sql"), params![it.id, it.state, by, at])?;
    Ok(())
}

/// The newest projects of a unit, or the one with an id (0: all), at most `limit`.
pub fn projects(conn: &Connection, unit_id: i32, id: i32, limit: u32) -> Result<Vec<Project>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/projects.sql"), params![unit_id, id, limit], |row| {
        let meters: String = row.get(4)?;
        let (signed_by, redone_by): (Option<String>, Option<String>) = (row.get(10)?, row.get(12)?);
        let redone: Option<((String, String), bool)> =
            redone_by.zip(row.get(13)?).zip(row.get(14)?);
        found.push(Project {
            id: row.get(0)?,
            unit_id: row.get(1)?,
            name: row.get(2)?,
            question: row.get(3)?,
            meters: serde_json::from_str(&meters).unwrap_or_default(),
            note: row.get(5)?,
            state: row.get(6)?,
            result: json::column(row, 7)?,
            made_by: row.get(8)?,
            made_at: row.get(9)?,
            signed: signed_by.zip(row.get(11)?),
            redone: redone.map(|((by, at), is_same)| (by, at, is_same)),
        });
        Ok(())
    })?;
    Ok(found)
}

/// Projects of a unit that are not withdrawn, and those made since a moment.
pub fn counts(conn: &Connection, unit_id: i32, since: &str) -> Result<(u32, u32)> {
    let sql = include_str!("sql/projects_count.sql");
    Ok(conn.query_row(sql, params![unit_id, since], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Adds a step.
pub fn add_step(conn: &Connection, it: &NewStep<'_>) -> Result<()> {
    let row = params![
        it.project_id,
        it.at,
        it.author,
        it.side.as_str(),
        it.step,
        it.is_same,
        it.result.map(text).transpose()?,
        it.result.and_then(|it| Some(it.outcome.as_ref()?.saved)),
        it.input_hash,
        it.data_version,
        it.text
    ];
    conn.execute(include_str!("sql/step_insert.sql"), row)?;
    Ok(())
}

/// The steps of a project, oldest first.
pub fn steps(conn: &Connection, project_id: i32) -> Result<Vec<SavingsStep>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/steps.sql"), params![project_id], |row| {
        let side: String = row.get(2)?;
        found.push(SavingsStep {
            happened_at: row.get(0)?,
            author: row.get(1)?,
            side: Side::parse(&side).unwrap_or(Side::Unit),
            step: row.get(3)?,
            is_same: row.get(4)?,
            saved: row.get(5)?,
            input_hash: row.get(6)?,
            data_version: row.get(7)?,
            text: row.get(8)?,
        });
        Ok(())
    })?;
    Ok(found)
}

/// What the last repetition of a project computed.
pub fn last_redone(conn: &Connection, project_id: i32) -> Result<Option<SavingsView>> {
    let mut found: Option<String> = None;
    each(conn, include_str!("sql/last_redone.sql"), params![project_id], |row| {
        found = row.get(0)?;
        Ok(())
    })?;
    found.map(|it| read(&it)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As it was kept before there were daily models and items.
    const OLD: &str = r#"{"enterprise_code":"91120116MA07T00013","basis":"equivalent","works_from":"2024-06","works_to":"2024-06",
        "until":"2024-07","baseline_months":17,"drivers":[{"code":"0201","name":{"code":"0201","zh":"水泥熟料","en":"Cement clinker"},
        "unit":"t","used":true,"coefficient":0.07,"standard_error":0.001}],"months":[{"month":"2024-07","part":"report","used":900.0,
        "outputs":[10000.0],"modelled":1000.0,"left_out":null,"beyond_range":false}],"outcome":{"verdict":"saving","baseline_months":17,
        "report_months":1,"adjusted_baseline":1000.0,"used":900.0,"saved":100.0,"saved_share":0.1,"half_width_68":10.0,
        "half_width_90":20.0,"cv_rmse":0.01,"most_cv_rmse":0.15,"nmbe":0.0,"autocorrelation":0.1,"intercept":300.0,
        "degrees_of_freedom":15},"problem":null,"needed_months":null,"wrong_driver":null,"months_without_weather":18,
        "data_version":7,"input_hash":"ab"}"#;

    #[test]
    fn an_old_project_reads_as_a_monthly_one_of_the_whole_unit() {
        let it: SavingsView = read(OLD).expect("an old result");
        assert_eq!((it.model.as_str(), it.items.len(), it.items_left_out.len()), ("month", 0, 0));
        let outcome = it.outcome.as_ref().expect("figures");
        assert_eq!((outcome.saved, outcome.independent), (100.0, None));
        assert_eq!(read::<SavingsView>(&text(&it).expect("text")).expect("again"), it);
    }
}
