//! The one answer that rests on others: a unit among its peers. Neither its figures nor a difference of two of them is a
//! secret, and what two answers tell of a unit that came between them leaves its figure open.

use nengce_tests::support::person::Person;
use serde_json::Value;

use super::city::{Attacked, YEAR};

/// Members and mean of each group, of the product in the year.
pub(super) struct Groups(Vec<(f64, f64)>);

/// Half a step of E24, at most: what the true mean may lie off the published one.
const HALF_STEP_SHARE: f64 = 0.049;

pub(super) fn answer(person: &Person<'_>, code: &str) -> Groups {
    let view = person.get(&format!("/api/v1/units/{code}/peers")).ok();
    let of_year = |it: &&Value| it["year"] == YEAR && it["kind"] == "product";
    let row = view["rows"].as_array().and_then(|it| it.iter().find(of_year));
    let row = row.unwrap_or_else(|| panic!("a product in {YEAR}: {view}"));
    let number = |it: &Value| it.as_f64().expect("a number");
    let groups = row["groups"].as_array().expect("groups").iter();
    Groups(groups.map(|it| (number(&it["members"]), number(&it["mean"]))).collect())
}

pub(super) fn attack(city: &Attacked<'_>, answers: &[Groups]) {
    let [alone, many, more] = answers else { panic!("three answers") };
    assert!(alone.0.is_empty(), "two units are no distribution");
    for groups in [many, more] {
        assert!(!groups.0.is_empty() && groups.0.iter().all(|it| it.0 > 5.0), "{:?}", groups.0);
    }
    let secrets = &city.secrets;
    let differences = secrets.iter().flat_map(|a| secrets.iter().map(move |b| (a - b).abs()));
    let hidden: Vec<f64> =
        secrets.iter().copied().chain(differences).filter(|it| *it > 0.0).collect();
    let sums = |groups: &Groups| groups.0.iter().map(|it| it.0 * it.1).collect::<Vec<_>>();
    let published: Vec<f64> =
        [many, more].iter().flat_map(|it| it.0.iter().map(|it| it.1).chain(sums(it))).collect();
    let derived = published.iter().flat_map(|a| published.iter().map(move |b| (a - b).abs()));
    for told in published.iter().copied().chain(derived) {
        let is_hidden = |it: &&f64| (told / **it - 1.0).abs() < 1e-6;
        assert!(!hidden.iter().any(|it| is_hidden(&it)), "{told} tells {hidden:?}");
    }
    // The unit that came last, from the sums before and after it.
    let total = |groups: &Groups| sums(groups).iter().sum::<f64>();
    let newest = secrets.last().copied().unwrap_or_default();
    let open = HALF_STEP_SHARE * (total(many) + total(more));
    assert!(open > 0.5 * newest, "the figure {newest} is known to within {open}");
}
