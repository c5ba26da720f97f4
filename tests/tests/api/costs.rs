//! Tariffs, costs and plans of a unit: figures computed by hand, files with a first look, and who sees them.

use nengce_shared::access::role::Role;
use nengce_tests::support::answer::Answer;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::city::{CLINKER, CLINKER_COAL};
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::figures::check_near;
use nengce_tests::support::message::{ELECTRICITY, RAW_COAL, day, days, days_ago, hours, month};
use nengce_tests::support::person::{Person, create};
use serde_json::{Value, json};

const CLOSED: &[(&str, &str)] = &[("NENGCE_SECOND_FACTOR_ROLES", ""), ("NENGCE_PUBLIC_READS", "")];

/// Valley 23–7, peak 8–11 and 18–21, flat else; coal at 800 yuan a ton; a demand charge of 1,000 kW.
pub(crate) const FILE: &str =
    "起始日期,能源品种,计费方式,时段,月份,小时,单价（元）,计价单位,计费容量
2024-01-01,电力,用量,峰,1月-12月,\"8:00-11:00,18:00-21:00\",1.2,元/kWh,
2024-01-01,3300,用量,平,1月-12月,\"7:00-8:00,11:00-18:00,21:00-23:00\",0.8,元/kWh,
2024-01-01,电力,用量,低谷,,23:00-7:00,0.4,元/kWh,
2024-01-01,电力,需量,,,,31,元/kW·月,1000
2024-01-01,原煤,,,,,800,t,
";

pub(crate) struct Stage {
    pub(crate) app: TestApp,
    pub(crate) unit: Enterprise,
}

impl Stage {
    /// March 2025: electricity by hour on the 1st, by day on the 2nd, nothing on the 3rd, by day from the 4th on; coal by day.
    pub(crate) fn new() -> Self {
        let app = TestApp::with_environment(CLOSED);
        let unit = Enterprise::new("成本一厂").collects(ELECTRICITY, 0);
        let other = app.terminal(&Enterprise::new("别家")).enterprise.code.clone();
        let mut values = hours(ELECTRICITY, "2025-03-01", |_| 1.0);
        values.push(day(ELECTRICITY, "2025-03-02", 24.0));
        values.extend(days(ELECTRICITY, "2025-03-04", "2025-03-31", |_| 24.0));
        values.extend(days(RAW_COAL, "2025-03-01", "2025-03-31", |_| 10.0));
        app.terminal(&unit).upload(&values).received();
        create(&app, "manager", &[Role::EnterpriseManager], &[], &[&unit.code]);
        create(&app, "stranger", &[Role::EnterpriseManager], &[], &[&other]);
        create(&app, "officer", &[Role::CaseOfficer], &[], &[&unit.code]);
        create(&app, "policy", &[Role::Policymaker], &[], &[]);
        Self { app, unit }
    }

    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/api/v1/units/{}/{rest}", self.unit.code)
    }
}

/// Sends a file.
pub(crate) fn send(person: &Person<'_>, path: &str, file: &str) -> Answer {
    person.send_bytes("POST", path, file.as_bytes().to_vec(), "text/csv")
}

fn span<'a>(view: &'a Value, list: &str, period: &str) -> &'a Value {
    let all = view[list].as_array().expect("spans");
    all.iter().find(|it| it["period"] == period).expect("the span")
}

#[test]
fn a_file_of_tariffs_makes_costs_by_hour_and_says_what_is_missing() {
    let stage = Stage::new();
    let manager = Person::sign_in(&stage.app, "manager");
    let costs = || manager.get(&stage.path("costs?year=2025&month=2025-03")).ok();
    let before = costs();
    assert_eq!(before["total"]["cost"], Value::Null, "no price, and not zero");
    assert_eq!(span(&before, "months", "2025-03")["days_without_price"], 31);
    // A first look changes nothing.
    let import = stage.path("tariffs/import");
    let look = send(&manager, &format!("{import}?dry_run=true"), FILE).ok();
    assert_eq!(
        (&look["rows"], &look["tariffs"], &look["errors"]),
        (&json!(5), &json!(3), &json!([]))
    );
    assert_eq!(costs(), before);
    let taken = send(&manager, &import, FILE).ok();
    assert_eq!((&taken["tariffs"], &taken["replaced"]), (&json!(3), &json!(0)));
    let view = costs();
    // One 10⁴ kWh an hour: 6 × 12,000 + 10 × 8,000 + 8 × 4,000; coal 10 t at 800; the demand charge of a day.
    let demand = 31_000.0 / 31.0;
    let first = span(&view, "days", "2025-03-01");
    check_near(
        first["cost"].as_f64().expect("a cost"),
        184_000.0 + 8_000.0 + demand,
        "the first day",
    );
    assert_eq!((&first["days_at_mean"], &first["days_without_reading"]), (&json!(0), &json!(0)));
    let second = span(&view, "days", "2025-03-02");
    check_near(
        second["cost"].as_f64().expect("a cost"),
        184_000.0 + 8_000.0 + demand,
        "at the mean",
    );
    assert_eq!(second["days_at_mean"], 1);
    let third = span(&view, "days", "2025-03-03");
    assert_eq!((&third["days_without_reading"], &third["groups"][3]), (&json!(1), &json!(demand)));
    let march = span(&view, "months", "2025-03");
    let whole = 30.0 * 184_000.0 + 31.0 * 8_000.0 + 31_000.0;
    check_near(march["cost"].as_f64().expect("a cost"), whole, "March");
    assert_eq!(
        (&march["days_without_reading"], &march["days_without_price"], &march["days_at_mean"]),
        (&json!(1), &json!(0), &json!(29))
    );
    let periods = view["periods"].as_array().expect("periods");
    let of = |period: Value| {
        let it = periods.iter().find(|it| it["period"] == period).expect("the period");
        (it["quantity"].as_f64().expect("a quantity"), it["cost"].as_f64().expect("a cost"))
    };
    let (peak, unsplit) = (of(json!("peak")), of(Value::Null));
    check_near(peak.0, 6.0, "peak");
    check_near(peak.1, 72_000.0, "yuan at the peak");
    check_near(unsplit.0, 29.0 * 24.0, "not split");
}

#[test]
fn a_workbook_of_tariffs_is_read_as_its_text_file() {
    let stage = Stage::new();
    let manager = Person::sign_in(&stage.app, "manager");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(FILE.as_bytes());
    for (row, record) in (0u32..).zip(reader.records()) {
        for (column, text) in (0u16..).zip(record.expect("a row").iter()) {
            // A price is a number in a workbook that a person makes.
            match text.parse::<f64>() {
                Ok(price) if column == 6 => sheet.write_number(row, column, price),
                _ => sheet.write_string(row, column, text),
            }
            .expect("a cell");
        }
    }
    let bytes = book.save_to_buffer().expect("a workbook");
    let xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let import = stage.path("tariffs/import");
    let send = |bytes: Vec<u8>, kind: &str| manager.send_bytes("POST", &import, bytes, kind);
    let taken = send(bytes, xlsx).ok();
    assert_eq!((&taken["rows"], &taken["tariffs"]), (&json!(5), &json!(3)), "{taken}");
    let costs = || manager.get(&stage.path("costs?year=2025&month=2025-03")).ok();
    let by_workbook = costs();
    let march = span(&by_workbook, "months", "2025-03")["cost"].as_f64().expect("a cost");
    check_near(march, 30.0 * 184_000.0 + 31.0 * 8_000.0 + 31_000.0, "March");
    // The text file puts the same prices in their place.
    let replaced = send(FILE.as_bytes().to_vec(), "text/csv").ok();
    assert_eq!(replaced["replaced"], 3, "{replaced}");
    assert_eq!(costs()["days"], by_workbook["days"]);
}

#[test]
fn the_first_page_says_how_much_of_the_budget_is_used() {
    let stage = Stage::new();
    let unit = Enterprise::new("首页预算一厂");
    let today: jiff::civil::Date = days_ago(0).parse().expect("a day");
    let year = today.yesterday().expect("a day").year();
    // The months of the year that are over, one thousand tons of raw coal each: 714.3 tce.
    let over = if today.year() == year { today.month() - 1 } else { 12 };
    let coal: Vec<Value> =
        (1..=over).map(|it| month(RAW_COAL, &format!("{year}-{it:02}"), 1_000.0)).collect();
    stage.app.terminal(&unit).upload(&coal).received();
    create(&stage.app, "planner", &[Role::EnterpriseManager], &[], &[&unit.code]);
    let planner = Person::sign_in(&stage.app, "planner");
    let figure = || {
        let home = planner.get("/api/v1/home").ok();
        let parts = home["parts"].as_array().expect("parts");
        let own = parts.iter().find(|it| it["name"] == "own_units").expect("the own unit").clone();
        let figures = own["figures"].as_array().expect("figures").clone();
        figures.into_iter().find(|it| it["name"] == "plan").unwrap_or_else(|| panic!("{own}"))
    };
    assert_eq!(figure()["value"], Value::Null, "no budget, and not zero");
    let months: Vec<f64> = vec![700.0; 12];
    let body = json!({"year": year, "basis": "equivalent", "budget": 8400.0, "months": months, "products": []});
    let path = format!("/api/v1/units/{}/plan", unit.code);
    planner.send("PUT", &path, Some(&body)).ok();
    let found = figure();
    if over == 0 {
        assert_eq!(found["value"], Value::Null, "{found}");
        return;
    }
    let used = (f64::from(over) * 714.3 / 8_400.0 * 1_000.0).round() / 10.0;
    check_near(found["value"].as_f64().expect("a share"), used, "percent of the budget");
    assert_eq!(found["is_late"], true, "more than planned: {found}");
}

#[test]
fn a_wrong_file_is_refused_whole_with_its_places() {
    let stage = Stage::new();
    let manager = Person::sign_in(&stage.app, "manager");
    let import = stage.path("tariffs/import");
    let wrong = "from,energy_type,charge,period,months,hours,price,per,amount\n2024-01-01,原煤,,,,,八百,t,\n2024-13-01,石头,,正午,,,1,t,\n2024-01-01,热力,,,,,90,t,\n";
    let look = send(&manager, &format!("{import}?dry_run=true"), wrong).ok();
    let errors = look["errors"].as_array().expect("errors");
    let places: Vec<(u64, &str)> = errors
        .iter()
        .map(|it| (it["row"].as_u64().expect("a row"), it["field"].as_str().expect("a field")))
        .collect();
    assert_eq!(
        places,
        [(2, "单价（元）"), (3, "起始日期"), (3, "能源品种"), (3, "时段")],
        "{look}"
    );
    send(&manager, &import, wrong).problem(422, "import_value_unreadable");
    // What can be read and is not right: steam by the ton, hours without a price.
    let wrong =
        "from,energy_type,hours,price,per\n2024-01-01,热力,,90,t\n2024-01-01,电力,8-11,1,kWh\n";
    let look = send(&manager, &format!("{import}?dry_run=true"), wrong).ok();
    assert_eq!(
        (&look["errors"][0]["row"], &look["errors"][0]["field"]),
        (&json!(2), &json!("计价单位")),
        "{look}"
    );
    assert_eq!(manager.get(&stage.path("tariffs")).ok()["tariffs"], json!([]));
    let lines = json!({"lines": [{"from": "2024-01-01", "energy_type": "3300", "charge": "quantity", "period": "peak",
        "months": "1-12", "hours": "8-11", "price": 1.0, "per": "kWh", "amount": null}]});
    let refused = manager.post(&stage.path("tariffs"), &lines);
    assert_eq!(refused.json()["errors"][0]["field"], "lines[0].hours", "{}", refused.text());
}

#[test]
fn a_new_tariff_replaces_from_its_day_on_and_history_stays() {
    let stage = Stage::new();
    let manager = Person::sign_in(&stage.app, "manager");
    let save = |from: &str, price: f64| {
        let lines = json!({"lines": [{"from": from, "energy_type": "0100", "charge": "quantity", "period": "all_hours",
            "months": "", "hours": "", "price": price, "per": "t", "amount": null}]});
        manager.post(&stage.path("tariffs"), &lines).ok()
    };
    save("2024-01-01", 800.0);
    save("2025-03-02", 700.0);
    assert_eq!(save("2025-03-02", 600.0)["replaced"], 1);
    let coal = |day: &str| {
        let view = manager.get(&stage.path("costs?year=2025&month=2025-03")).ok();
        span(&view, "days", day)["groups"][0].as_f64()
    };
    assert_eq!((coal("2025-03-01"), coal("2025-03-02")), (Some(8_000.0), Some(6_000.0)));
    let list = manager.get(&stage.path("tariffs")).ok();
    let states: Vec<&Value> =
        list["tariffs"].as_array().expect("tariffs").iter().map(|it| &it["state"]).collect();
    assert_eq!(states, ["in_force", "replaced", "over"]);
    let id = list["tariffs"][0]["tariff_id"].clone();
    let withdraw = stage.path(&format!("tariffs/{id}/withdraw"));
    manager.post(&withdraw, &json!({})).ok();
    assert_eq!(coal("2025-03-02"), Some(8_000.0), "the one before holds again");
    manager.post(&withdraw, &json!({})).problem(404, "not_found");
}

#[test]
fn tariffs_costs_and_plans_are_the_units_own() {
    let stage = Stage::new();
    let manager = Person::sign_in(&stage.app, "manager");
    send(&manager, &stage.path("tariffs/import"), FILE).ok();
    let officer = Person::sign_in(&stage.app, "officer");
    let (stranger, policy) =
        (Person::sign_in(&stage.app, "stranger"), Person::sign_in(&stage.app, "policy"));
    for rest in ["tariffs", "costs", "plan"] {
        officer.get(&stage.path(rest)).ok();
        stranger.get(&stage.path(rest)).problem(404, "not_found");
        policy.get(&stage.path(rest)).problem(403, "forbidden");
        assert_eq!(stage.app.get(&stage.path(rest)).status, 401, "{rest}");
    }
    send(&officer, &stage.path("tariffs/import"), FILE).problem(403, "forbidden");
    send(&stranger, &stage.path("tariffs/import"), FILE).problem(404, "not_found");
    send(&stranger, &stage.path("plan/import"), "年份,指标\n").problem(404, "not_found");
    let costs = |query: &str| manager.get(&stage.path(&format!("costs?{query}")));
    assert_eq!(costs("year=1999").status, 400);
    assert_eq!(costs("year=2025&month=2024-12").status, 400);
    assert_eq!(costs("year=2100").ok()["until"], Value::Null);
}

#[test]
fn a_plan_is_kept_by_month_with_its_forecast() {
    let stage = Stage::new();
    let unit = Enterprise::new("计划一厂");
    let terminal = stage.app.terminal(&unit);
    let coal = |year: i16, months: i8, tons: f64| -> Vec<Value> {
        (1..=months).map(|it| month(RAW_COAL, &format!("{year}-{it:02}"), tons)).collect()
    };
    // Raw coal: 0.7143 tce a ton.
    terminal.upload(&[coal(2024, 12, 1_000.0), coal(2025, 10, 900.0)].concat()).received();
    create(&stage.app, "planner", &[Role::EnterpriseManager], &[], &[&unit.code]);
    let planner = Person::sign_in(&stage.app, "planner");
    let path = |rest: &str| format!("/api/v1/units/{}/{rest}", unit.code);
    let file = "年份,指标,全年,1月,2月,3月,4月,5月,6月,7月,8月,9月,10月,11月,12月\n2025,综合能源消费量,8000,640,640,640,640,640,640,650,650,650,650,650,650\n";
    let look = send(&planner, &path("plan/import?dry_run=true"), file).ok();
    assert_eq!((&look["errors"], &look["plans"][0]["budget"]), (&json!([]), &json!(8000.0)));
    let get = || planner.get(&path("plan?year=2025")).ok();
    assert_eq!(get()["plan"], Value::Null, "a first look changes nothing");
    send(&planner, &path("plan/import"), file).ok();
    let view = get();
    let figure = |name: &str| view[name].as_f64().unwrap_or_else(|| panic!("{name} in {view}"));
    let tce = 900.0 * 0.7143;
    check_near(figure("done"), 10.0 * tce, "done");
    check_near(figure("planned"), 6.0 * 640.0 + 4.0 * 650.0, "planned");
    check_near(figure("difference"), 10.0 * tce - 6_440.0, "the difference");
    assert_eq!((&view["months_done"], &view["months_over"]), (&json!(10), &json!(6)));
    // A tenth less than the year before in each month, so in the rest of the year too.
    check_near(figure("forecast"), 12.0 * tce, "the forecast");
    // A budget alone is spread as the year before went; all its months are equal.
    let budget = json!({"year": 2025, "basis": "equivalent", "budget": 6000.0, "months": [], "products": []});
    let put = |body: &Value| planner.send("PUT", &path("plan"), Some(body));
    let spread = put(&budget).ok();
    check_near(spread["months"][0]["planned"].as_f64().expect("a plan"), 500.0, "spread");
    assert_eq!(spread["spread"], "last_year_shares");
    for (field, wrong) in [
        (
            "months",
            json!({"year": 2025, "basis": "equivalent", "budget": null, "months": [1.0], "products": []}),
        ),
        (
            "budget",
            json!({"year": 2025, "basis": "equivalent", "budget": -1.0, "months": [], "products": []}),
        ),
        (
            "year",
            json!({"year": 1, "basis": "equivalent", "budget": 1.0, "months": [], "products": []}),
        ),
        (
            "products",
            json!({"year": 2025, "basis": "equivalent", "budget": null, "months": [], "products": [{"product": "none", "value": 1.0}]}),
        ),
    ] {
        let refused = put(&wrong);
        assert_eq!(refused.status, 400, "{}", refused.text());
        assert_eq!(refused.json()["errors"][0]["field"], field, "{}", refused.text());
    }
    let wrong = "年份,指标,全年,1月\n2025,综合能源消费量,,5\n2025,不知,1,\n";
    let look = send(&planner, &path("plan/import?dry_run=true"), wrong).ok();
    let fields: Vec<&Value> =
        look["errors"].as_array().expect("errors").iter().map(|it| &it["field"]).collect();
    assert_eq!(fields, ["1月", "指标"], "{look}");
}

#[test]
fn the_gap_to_the_benchmark_has_a_price() {
    let stage = Stage::new();
    let unit = Enterprise::new("熟料厂").industry("C3011");
    let entries: Vec<Value> = (1..=6)
        .flat_map(|it| {
            let of = format!("2025-{it:02}");
            [
                month(RAW_COAL, &of, 2_000.0),
                month(CLINKER_COAL, &of, 1_750.0),
                month(CLINKER, &of, 10_000.0),
            ]
        })
        .collect();
    stage.app.terminal(&unit).upload(&entries).received();
    create(&stage.app, "clinker", &[Role::EnterpriseManager], &[], &[&unit.code]);
    let manager = Person::sign_in(&stage.app, "clinker");
    let path = |rest: &str| format!("/api/v1/units/{}/{rest}", unit.code);
    let file = "起始日期,能源品种,单价,计价单位\n2024-01-01,原煤,714.3,t\n";
    send(&manager, &path("tariffs/import"), file).ok();
    let view = manager.get(&path("costs?year=2025")).ok();
    let product = &view["products"][0];
    // 2,000 t at 714.3 yuan for 10,000 t of clinker.
    check_near(product["cost_per_output"].as_f64().expect("yuan a ton"), 142.86, "yuan a ton");
    assert_eq!((&product["by"], &product["months"]), (&json!("whole"), &json!(6)), "{view}");
    let gap = &view["gaps"][0];
    // 0.7143 tce a ton of coal.
    check_near(gap["yuan_per_tce"].as_f64().expect("a price"), 1_000.0, "yuan per tce");
    // 1,750 t of coal in the kiln for 10,000 t of clinker are 125.0025 kgce a ton; the benchmark is 100.
    check_near(gap["value"].as_f64().expect("a value"), 125.0025, "kgce a ton");
    check_near(gap["potential_tce"].as_f64().expect("a potential"), 25.0025 * 60.0, "tce");
    check_near(gap["potential_tce_a_year"].as_f64().expect("a year"), 3_000.3, "tce a year");
    check_near(gap["yuan_a_year"].as_f64().expect("yuan"), 3_000_300.0, "yuan a year");
}
