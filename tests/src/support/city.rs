//! A city of five units over 2024 and 2025, small enough to compute every figure by hand.
//! Each day is like the next, so a span is days × a constant; the constants stand here once.

use serde_json::Value;

use super::app::TestApp;
use super::enterprise::Enterprise;
use super::message::{COKE, ELECTRICITY, NATURAL_GAS, RAW_COAL, VALUE_ADDED, days, months};

pub const CLINKER: &str = "10-00-0000-040201-30";
pub const CLINKER_COAL: &str = "10-00-0000-010100-11";

/// A unit with its figures of one day of 2024 and of 2025, and its value added of a month in 10^4 yuan.
pub struct CityUnit {
    pub name: &'static str,
    pub region: &'static str,
    pub industry: &'static str,
    pub level: u8,
    pub daily: &'static [(&'static str, [f64; 2])],
    pub value_added: [f64; 2],
}

/// tce a day, equivalent basis (2,850 kgce per 10^4 kWh in both years):
///
/// | | 2024 | 2025 |
/// |---|---|---|
/// | 津海钢铁 | 2850 + 9714 = 12564 | 2736 + 9714 = 12450 |
/// | 蓟北水泥 | 3571.5 | 3928.65 |
/// | 滨海化工 | 2430 | 2430 |
/// | 武清水泥 | 714.3 | 642.87 |
/// | 静海水泥 | 1428.6 | 1428.6 |
/// | city | 20708.4 | 20880.12 |
pub const UNITS: [CityUnit; 5] = [
    CityUnit {
        name: "津海钢铁",
        region: "120116",
        industry: "C3110",
        level: 6,
        daily: &[(ELECTRICITY, [1000.0, 960.0]), (COKE, [10_000.0, 10_000.0])],
        value_added: [120_000.0, 125_000.0],
    },
    CityUnit {
        name: "蓟北水泥",
        region: "120119",
        industry: "C3011",
        level: 5,
        daily: &[
            (RAW_COAL, [5000.0, 5500.0]),
            (CLINKER_COAL, [4000.0, 4000.0]),
            (CLINKER, [25_000.0, 25_000.0]),
        ],
        value_added: [20_000.0, 20_500.0],
    },
    CityUnit {
        name: "滨海化工",
        region: "120116",
        industry: "C2614",
        level: 5,
        daily: &[(NATURAL_GAS, [200.0, 200.0])],
        value_added: [60_000.0, 66_000.0],
    },
    CityUnit {
        name: "武清水泥",
        region: "120114",
        industry: "C3011",
        level: 4,
        daily: &[
            (RAW_COAL, [1000.0, 900.0]),
            (CLINKER_COAL, [800.0, 800.0]),
            (CLINKER, [5800.0, 5800.0]),
        ],
        value_added: [5000.0, 5200.0],
    },
    CityUnit {
        name: "静海水泥",
        region: "120118",
        industry: "C3011",
        level: 5,
        daily: &[
            (RAW_COAL, [2000.0, 2000.0]),
            (CLINKER_COAL, [1750.0, 1750.0]),
            (CLINKER, [10_000.0, 10_000.0]),
        ],
        value_added: [9000.0, 9000.0],
    },
];

/// tce a day of the whole city.
pub const CITY_DAY: [f64; 2] = [20_708.4, 20_880.12];
pub const DAYS: [f64; 2] = [366.0, 365.0];

/// Regional value added, 10^4 yuan a month.
pub const GDP: [f64; 2] = [1_000_000.0, 1_050_000.0];

/// Control target of the city's total in 2025, tce.
pub const TARGET_TCE: f64 = 7_600_000.0;

pub struct City {
    pub app: TestApp,
    pub units: Vec<Enterprise>,
}

impl City {
    /// The five units and what they uploaded through the protocol, nothing else.
    pub fn of_units() -> Self {
        Self::settled(TestApp::new(), 1)
    }

    /// The units twice, on a server that sends groups of units: one unit more would be too many cells.
    pub fn of_groups() -> Self {
        let app = TestApp::with_environment(&[("NENGCE_MAX_CUBE_CELLS_SENT", "300")]);
        let city = Self::settled(app, 2);
        city.with_lists()
    }

    fn settled(app: TestApp, of_each: u32) -> Self {
        let all = UNITS.iter().zip(1..);
        let units = all
            .flat_map(|(unit, number)| (0..of_each).map(move |twin| (unit, number + 50 * twin)))
            .map(|(unit, number)| settle(&app, unit, number))
            .collect();
        Self { app, units }
    }

    /// The city with regional economy and targets.
    pub fn new() -> Self {
        Self::of_units().with_lists()
    }

    /// The same city on a server of its own.
    pub fn on(app: TestApp) -> Self {
        Self::settled(app, 1).with_lists()
    }

    fn with_lists(self) -> Self {
        self.app.import("economy", "economy.csv", &economy());
        self.app.import("targets", "targets.csv", &targets());
        self
    }

    pub fn unit(&self, name: &str) -> &Enterprise {
        self.units.iter().find(|unit| unit.name == name).expect("a unit of the city")
    }
}

impl Default for City {
    fn default() -> Self {
        Self::new()
    }
}

fn settle(app: &TestApp, unit: &CityUnit, number: u32) -> Enterprise {
    let mut enterprise = Enterprise::numbered(9000 + number, unit.name)
        .region(unit.region)
        .industry(unit.industry)
        .level(unit.level);
    for (code, _) in unit.daily {
        enterprise = enterprise.collects(code, 1);
    }
    let terminal = app.terminal(&enterprise);
    for (at, year) in [2024, 2025].into_iter().enumerate() {
        let mut entries: Vec<Value> = months(VALUE_ADDED, year, unit.value_added[at]);
        for (code, values) in unit.daily {
            entries.extend(days(code, &format!("{year}-01-01"), &format!("{year}-12-31"), |_| {
                values[at]
            }));
        }
        terminal.upload(&entries).received();
    }
    enterprise
}

fn economy() -> String {
    let mut csv = "region_code,month,value_added,price_year,estimated,source\n".to_owned();
    for (at, year) in [2024, 2025].into_iter().enumerate() {
        for month in 1..=12 {
            csv.push_str(&format!("120000,{year}-{month:02},{},2020,false,tests\n", GDP[at]));
        }
    }
    csv
}

fn targets() -> String {
    let mut csv = "scope,code,kind,from_year,to_year,value,basis,source\n".to_owned();
    csv.push_str(&format!("region,120000,total_tce,2025,2025,{TARGET_TCE},equivalent,tests\n"));
    csv.push_str("region,120000,five_year_fall,2021,2025,0.145,equivalent,tests\n");
    for region in ["120000", "120116", "120119", "120114", "120118"] {
        csv.push_str(&format!("region,{region},annual_fall,2025,2025,0.03,equivalent,tests\n"));
    }
    csv
}
