//! The parts about inspection targets: the first of the ranking, and how many there are by district.

use std::collections::BTreeMap;

use nengce_analysis::evaluation::Evaluation;
use nengce_analysis::targets::{self as analysis, criteria};
use nengce_shared::api::home::HomePart;
use nengce_shared::api::targets::InspectionTargets;
use nengce_shared::lang::Lang;

use super::part::{UNITS, Within, figure, part, row, usual_query};
use crate::http::cases::offences;
use crate::http::content::problem::ApiResult;
use crate::http::quality::findings_of_units::findings_of_units;

/// The first of the ranking, and how many there are by district.
pub(super) async fn targets(within: &Within<'_>) -> ApiResult<[HomePart; 2]> {
    let city = within.city().await?;
    let query = usual_query(&city)?;
    let partial_months = city.partial_months(within.state, &query).await?;
    let evaluation = Evaluation::new(city.snapshot(), &query, &partial_months.days);
    let mut findings = findings_of_units(within.state, within.units()).await?;
    // Only inspectors have this part, and they see cases.
    offences::add(within.state, within.units(), &mut findings).await?;
    let found = analysis::targets(&evaluation, &city.loaded.statuses, &findings, criteria());
    Ok([first(&found), districts(&found)])
}

fn first(found: &InspectionTargets) -> HomePart {
    let all = found.rows.len() as f64;
    let mut figures = vec![figure(
        "targets",
        ("有监察理由", "with a reason for a visit"),
        all,
        UNITS,
        "/targets",
    )];
    for it in found.reasons.iter().filter(|it| it.units > 0) {
        let word = it.reason.as_str();
        let named = found.criteria.iter().find(|criterion| criterion.reason == it.reason);
        let words = named.map_or((word, word), |it| (it.zh.as_str(), it.en.as_str()));
        let link = format!("/targets?reason={word}");
        figures.push(figure(word, words, f64::from(it.units), UNITS, &link));
    }
    let rows = found.rows.iter().map(|it| {
        let link = format!("/targets?selected={}", it.unit.enterprise_code);
        let score = figure("score", ("得分", "Score"), it.score, ("", ""), &link);
        let sentences = (it.sentence(Lang::Zh), it.sentence(Lang::En));
        row(&it.unit.name, link, (&sentences.0, &sentences.1), vec![score])
    });
    part(
        ("targets", "/targets"),
        ("监察对象", "Inspection targets"),
        ("得分高的在前", "highest score first"),
        figures,
        rows.collect(),
    )
}

fn districts(found: &InspectionTargets) -> HomePart {
    let mut counts: BTreeMap<&str, (u32, _)> = BTreeMap::new();
    for it in &found.rows {
        counts.entry(&it.unit.region.code).or_insert((0, &it.unit.region)).0 += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|it| std::cmp::Reverse(it.1.0));
    let rows = counts.into_iter().map(|(code, (count, region))| {
        let link = format!("/targets?region={code}");
        let count = figure("targets", ("对象", "Targets"), f64::from(count), ("", ""), &link);
        let mut row = row(&region.zh, link, ("", ""), vec![count]);
        row.en.clone_from(&region.en);
        row
    });
    part(
        ("target_districts", "/targets"),
        ("按区", "By district"),
        ("有监察理由的单位", "units with a reason for a visit"),
        Vec::new(),
        rows.collect(),
    )
}
