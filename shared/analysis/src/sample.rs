//! Builds a city by hand for the tests of this crate: three units, every month of 2023 to September 2025.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use nengce_shared::basis::Basis;
use nengce_shared::benchmark::Limits;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::month::Month;
use nengce_shared::unit_class::UnitClass;

use super::catalog::{Catalog, Product};
use super::query::{Filter, Query};
use super::snapshot::{Points, ProductMonth, Snapshot, Target, Unit};
use super::snapshot_builder::SnapshotBuilder;
use super::spans::{ComparisonSpan, Spans};
use super::unit_status::{RECENT_DAYS, UnitStatus};

pub(crate) const UNTIL: Date = date(2025, 9, 30);
pub(crate) const TODAY: Date = date(2025, 10, 1);

pub(crate) fn month(year: i16, month: i8) -> Month {
    Month::new(year, month).unwrap()
}

fn unit(id: i32, name: &str, region: &str, industry: &str) -> (i32, Unit) {
    let unit = Unit {
        code: format!("91120{id:013}"),
        name: name.to_owned(),
        region: region.to_owned(),
        industry: industry.to_owned(),
        class: UnitClass::TenThousand,
        converts: false,
        last_upload: Some("2025-10-01 01:38:00".to_owned()),
    };
    (id, unit)
}

/// What the server knows of the three units: nothing is missing.
pub(crate) fn statuses() -> Vec<UnitStatus> {
    let status = |id: i32| UnitStatus {
        id,
        first_day: Some(date(2023, 1, 1)),
        last_day: Some(UNTIL),
        silent_since: None,
        device_state: "approved".to_owned(),
        approved_on: Some(date(2023, 1, 1)),
        listed_on: Some(date(2023, 1, 1)),
        declares_conversion: false,
        meters: 4,
        meters_overdue: 0,
        overdue_name: None,
        recent: [Points { received: 24, expected: 24 }; RECENT_DAYS],
        outputs: BTreeMap::new(),
    };
    (1..=3).map(status).collect()
}

pub(crate) fn builder() -> SnapshotBuilder {
    let units = vec![
        unit(1, "甲钢", "120101", "C3120"),
        unit(2, "乙钢", "120101", "C3120"),
        unit(3, "丙大学", "120102", "P8341"),
    ];
    let mut builder =
        SnapshotBuilder::new((7, TODAY), catalog(), units, (month(2023, 1), month(2025, 9)));
    builder.data_span(Some(date(2023, 1, 1)), Some(UNTIL));
    for at in 0..33 {
        let it = month(2023, 1).plus(at);
        let a = if it.year() == 2025 { 110.0 } else { 100.0 };
        builder.energy(1, it, EnergyGroup::Coal, [Some(a), Some(a)]);
        builder.energy(2, it, EnergyGroup::Electricity, [Some(20.0), Some(50.0)]);
        builder.energy(3, it, EnergyGroup::Electricity, [Some(4.0), Some(10.0)]);
        builder.value_added(1, it, if it.year() == 2025 { 70.0 } else { 50.0 });
        builder.value_added(2, it, 100.0);
        for unit in 1..=3 {
            let days = it.days() as u32;
            builder.points(unit, it, Points { received: days * 24, expected: days * 24 });
            builder.days(unit, it, it.days() as u8);
        }
        for (unit, output, kgce) in [(0, 1000.0, 400.0), (1, 500.0, 380.0)] {
            let row = ProductMonth {
                unit,
                product: 0,
                month: it,
                output,
                process_tce: Some([kgce * output / 1000.0; 2]),
                indicator: None,
            };
            builder.product(row);
        }
    }
    builder
}

pub(crate) fn target(
    scope: &str,
    code: &str,
    kind: &str,
    from_year: i16,
    to_year: i16,
    value: f64,
) -> Target {
    Target {
        scope: scope.to_owned(),
        code: code.to_owned(),
        kind: kind.to_owned(),
        from_year,
        to_year,
        value,
        basis: Basis::Equivalent,
        source: "test".to_owned(),
    }
}

pub(crate) fn snapshot() -> Snapshot {
    builder().build()
}

fn catalog() -> Catalog {
    let product = Product {
        code: "0102".to_owned(),
        zh: "高炉生铁".to_owned(),
        en: "Blast furnace iron".to_owned(),
        output_unit: "t".to_owned(),
        value_unit: "kgce/t".to_owned(),
        basis: Basis::Calorific,
        value_per_tce: 1000.0,
        limits: Limits {
            benchmark: Some(361.0),
            baseline: Some(390.0),
            level1: None,
            level2: None,
            level3: Some(415.0),
        },
        edition: "test".to_owned(),
        certainty: "found".to_owned(),
    };
    Catalog { city: "120000".to_owned(), products: vec![product], ..Catalog::default() }
}

pub(crate) fn query(from: &str, to: &str) -> Query {
    Query {
        filter: Filter::default(),
        comparison: None,
        basis: Basis::Equivalent,
        spans: Spans::read(Some(from), Some(to), ComparisonSpan::YearBefore, Some(UNTIL), TODAY)
            .unwrap(),
    }
}

#[track_caller]
pub(crate) fn near(found: Option<f64>, expected: f64) {
    let found = found.expect("a figure");
    assert!(
        (found - expected).abs() <= 1e-9 * expected.abs().max(1.0),
        "{found} instead of {expected}"
    );
}
