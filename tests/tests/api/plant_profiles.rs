//! The terminal's process speaks the profiles of the provinces: what a platform has at the end is what the meter counted.

use nengce_messages::profile::{anhui::ANHUI, shandong::SHANDONG, yunnan::YUNNAN};
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::ELECTRICITY;
use nengce_tests::support::metered::{self, Meters, Setup, TerminalProcess};
use nengce_tests::support::mutual_tls::MutualTls;
use nengce_tests::support::wait::wait_until;

use crate::profiles::shandong;

/// What the plant uses within each step, in kWh.
const STEPS: [f64; 5] = [120.0, 80.5, 0.0, 310.25, 44.0];
/// A step of the plant's clock: less than what the terminal takes for a gap.
const STEP_SECONDS: i64 = 1_200;

/// Runs a plant for two hours of its clock.
#[track_caller]
fn check(platform: &TestApp, enterprise: &Enterprise, centre: &str, more: &str) {
    let meters = Meters::start([127, 0, 0, 1].into(), 1);
    let mut terminal =
        TerminalProcess::new(Setup { more, ..Setup::new(enterprise, meters.port, centre) });
    let begin = metered::unix(metered::day().at(10, 0, 0, 0)) - jiff::Timestamp::now().as_second();
    terminal.set_clock(begin);
    terminal.start();
    metered::let_in(platform, enterprise);
    terminal.wait_until_read(begin, &meters);
    let first = meters.counters[0].shows();
    // Two steps more, so that the quarter-hour of the last gain has ended.
    for (at, gain) in (1..).zip(STEPS.into_iter().chain([0.0, 0.0])) {
        meters.counters[0].add(gain);
        terminal.step(begin + at * STEP_SECONDS, &meters);
    }
    let counted = meters.counters[0].shows() - first;
    let had = || metered::values(platform, enterprise, ELECTRICITY, 0).values().sum::<f64>();
    wait_until("the platform has what the meter counted", || (had() - counted).abs() < 1e-9);
}

#[test]
fn shandong_takes_encrypted_values() {
    let app = shandong::app();
    let enterprise = Enterprise::new("山东接入端");
    let centre = format!("{}{}", app.url(), SHANDONG.prefix);
    check(&app, &enterprise, &centre, "profile = \"shandong\"");
}

#[test]
fn yunnan_takes_one_record_after_another() {
    let app = shandong::app();
    let enterprise = Enterprise::new("云南接入端");
    let centre = format!("{}{}", app.url(), YUNNAN.prefix);
    check(&app, &enterprise, &centre, "profile = \"yunnan\"\npassword = \"123456\"");
}

#[test]
fn anhui_takes_values_over_mutual_tls() {
    let anhui = MutualTls::start();
    let enterprise = Enterprise::new("安徽接入端");
    let folder = tempfile::tempdir().expect("a folder");
    let identity = anhui.authority.issue(&enterprise.code, &[]);
    let file = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).expect("a file is written");
        file
    };
    let more = format!(
        "profile = \"anhui\"\nauthorities = {:?}\ncertificate = {:?}\nkey = {:?}",
        file("authority.pem", &anhui.authority.pem),
        file("client.pem", &identity.certificate),
        file("client.key", &identity.key)
    );
    let centre = format!("https://{}{}", anhui.asking, ANHUI.prefix);
    check(&anhui.app, &enterprise, &centre, &more);
}
