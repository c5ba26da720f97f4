//! `nengce import`: dry runs, folders of files of many units, saved mappings, columns of other names.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::ELECTRICITY;
use nengce_tests::support::server::command;
use serde_json::Value;

use super::real_files::{fixture, near, values};

fn run(arguments: &[&str], data: &std::path::Path) -> (bool, String) {
    let output = command().args(arguments).arg("--data").arg(data).output().expect("nengce runs");
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

/// Every file below a folder, with its bytes.
fn contents(folder: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|it| Some(it.ok()?.path()))
        .filter(|it| it.is_file())
        .map(|it| (it.display().to_string(), std::fs::read(&it).expect("readable")))
        .collect();
    found.sort();
    found
}

#[test]
fn a_dry_run_changes_nothing_on_disk_and_succeeds_when_it_could_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("meters.csv");
    std::fs::write(&file, fixture("empty-cells-and-a-word-among-meters.csv")).expect("written");
    let before = contents(folder.path());
    let data = folder.path().join("data");
    let unit = Enterprise::new("命令").code;
    let power = format!("{ELECTRICITY}=用电量*kWh");
    let path = file.display().to_string();
    let arguments = [
        "import",
        "readings",
        &path,
        "--unit",
        &unit,
        "--map",
        "time=日期",
        "--map",
        &power,
        "--dry-run",
    ];
    let (success, said) = run(&arguments, &data);
    assert!(success && said.contains("would be stored"), "{said}");
    assert_eq!(contents(folder.path()), before);
    assert!(!data.exists(), "no data folder is made");
    let (success, said) = run(
        &[
            "import",
            "readings",
            "/no/such.csv",
            "--unit",
            &unit,
            "--map",
            "time=a",
            "--map",
            &power,
            "--dry-run",
        ],
        &data,
    );
    assert!(!success && said.matches("/no/such.csv").count() == 1, "{said}");
}

#[test]
fn a_folder_of_many_units_comes_in_one_command_and_its_mapping_is_kept() {
    let app = TestApp::new();
    let (first, second) = (Enterprise::new("命令一"), Enterprise::new("命令二"));
    let (one, two) = (app.terminal(&first).enterprise.code, app.terminal(&second).enterprise.code);
    let folder = tempfile::tempdir().expect("a folder");
    let head = "信用代码,日期,用电量(MWh)\n";
    std::fs::write(
        folder.path().join("a.csv"),
        format!("{head}{one},2026-03-01,10\n{two},2026-03-01,20\n"),
    )
    .expect("written");
    std::fs::write(
        folder.path().join("b.csv"),
        format!("{head}{one},2026-03-02,30\n{two},2026-03-02,x\n"),
    )
    .expect("written");
    let (path, power, data) = (
        folder.path().display().to_string(),
        format!("{ELECTRICITY}=用电量(MWh)"),
        app.server.data(),
    );
    let arguments = [
        "import",
        "readings",
        &path,
        "--unit-column",
        "信用代码",
        "--map",
        "time=日期",
        "--map",
        &power,
        "--stat-type",
        "1",
        "--save-profile",
        "全市日表",
    ];
    let (success, said) = run(&arguments, &data);
    assert!(
        !success && said.contains("b.csv C3") && said.contains("b.csv: 1 of 2 rows were refused"),
        "{said}"
    );
    near(&values(&app, &one, ELECTRICITY), &[("2026-03-01", 1.0), ("2026-03-02", 3.0)]);
    near(&values(&app, &two, ELECTRICITY), &[("2026-03-01", 2.0)]);
    let profiles = app.admin_get("/api/v1/import-profiles").ok();
    assert_eq!(profiles["rows"][0]["name"], "全市日表", "{profiles}");
    std::fs::write(folder.path().join("c.csv"), format!("{head}{two},2026-03-03,5\n"))
        .expect("written");
    let file = folder.path().join("c.csv").display().to_string();
    let (success, said) = run(&["import", "readings", &file, "--profile", "全市日表"], &data);
    assert!(success, "{said}");
    assert!(
        values(&app, &two, ELECTRICITY)
            .iter()
            .any(|it| it.0 == "2026-03-03" && (it.1 - 0.5).abs() < 1e-12)
    );
}

#[test]
fn lists_take_columns_of_other_names_and_many_units_at_once() {
    let app = TestApp::new();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("economy.csv");
    std::fs::write(&file, "区划,月,增加值（亿元）\n120116,1/2/2025,12\n120116,1/3/2025,13\n")
        .expect("written");
    let path = file.display().to_string();
    let arguments = [
        "import",
        "economy",
        &path,
        "--column",
        "region_code=区划",
        "--column",
        "month=月",
        "--column",
        "value_added=增加值（亿元）",
        "--dates",
        "dmy",
        "--multiplier",
        "10000",
    ];
    let (success, said) = run(&arguments, &app.server.data());
    assert!(success && said.contains("2 values accepted"), "{said}");
    let mut list = String::from("enterprise_code,name,region_code,industry_code\n");
    for number in 0..3_369 {
        let code = Enterprise::numbered(number, "名单").code;
        list.push_str(&format!("{code},单位{number},120116,C3120\n"));
    }
    let report: Value = app.import("units", "u.csv", &list);
    assert_eq!((&report["created_units"], &report["rejected"]), (&3_369.into(), &0.into()));
    let renamed = list.replacen("单位7,", "改名,", 1);
    let report = app.import("units", "u.csv", &renamed);
    assert_eq!(report["created_units"], 0);
    let code = Enterprise::numbered(7, "名单").code;
    assert_eq!(app.get(&format!("/api/v1/units/{code}")).ok()["unit"]["name"], "改名");
}
