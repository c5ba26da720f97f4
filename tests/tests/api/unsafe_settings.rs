//! `nengce check-config` warns about settings that are valid and unsafe; each code of the documentation has a case here.

use std::collections::BTreeSet;
use std::fs::{Permissions, set_permissions, write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Output;

use nengce_tests::support::server::command;
use nengce_tests::support::sources::workspace;

/// A configuration that nothing is warned about.
const SAFE: &str = "admin_token_file = ''\ndata_key_file = 'data.key'\naudit_key_file = 'audit.key'\nreplacement_window_days = 30\n";

/// A setting beside the safe ones, and the code and the key of its warning.
const CASES: &[(&str, &str, &str)] = &[
    ("tls_ends_in_front = true", "no_trusted_proxy", "trusted_proxies"),
    (
        "tls_ends_in_front = true\nlisten = '0.0.0.0:80'\ntrusted_proxies = ['10.0.0.1']",
        "plain_http_off_loopback",
        "listen",
    ),
    ("public_address = 'https://nengce.example.org'", "https_not_stated", "tls_ends_in_front"),
    (
        "client_certificate_header = 'x-cert'\ntrusted_proxies = ['10.0.0.1']",
        "passed_certificates_unchecked",
        "tls_client_authorities",
    ),
    ("trusted_proxies = ['0.0.0.0/0']", "network_of_everybody", "trusted_proxies"),
    ("unbounded_connections_from = ['::/0']", "network_of_everybody", "unbounded_connections_from"),
    ("public_reads = ['figures']", "public_reads", "public_reads"),
    ("demo = true", "demo", "demo"),
    ("replacement_window_days = 0", "peers_can_be_probed", "replacement_window_days"),
    ("auto_approve_devices = true", "auto_approve", "auto_approve_devices"),
    ("registration_proofs = ['network']", "network_proof", "registration_proofs"),
    (
        "max_registrations_per_address_per_hour = 0",
        "limit_off",
        "max_registrations_per_address_per_hour",
    ),
    ("max_registrations_per_hour = 0", "limit_off", "max_registrations_per_hour"),
    ("max_bytes_in_flight_per_address = 0", "limit_off", "max_bytes_in_flight_per_address"),
    ("max_connections_per_address = 0", "limit_off", "max_connections_per_address"),
    (
        "sign_in_failures_per_address_per_hour = 0",
        "limit_off",
        "sign_in_failures_per_address_per_hour",
    ),
    (
        "max_oidc_sign_ins_per_address_per_minute = 0",
        "limit_off",
        "max_oidc_sign_ins_per_address_per_minute",
    ),
    ("max_requests_per_account_per_minute = 0", "limit_off", "max_requests_per_account_per_minute"),
    ("max_requests_per_address_per_minute = 0", "limit_off", "max_requests_per_address_per_minute"),
    ("token_failure_delay_ms = 0", "limit_off", "token_failure_delay_ms"),
    ("second_factor_roles = ['auditor']", "no_second_factor", "second_factor_roles"),
    ("session_idle_minutes = 31", "long_sessions", "session_idle_minutes"),
    ("session_hours = 13", "long_sessions", "session_hours"),
    ("password_min_length = 8", "short_passwords", "password_min_length"),
    ("password_passes = 1", "weak_password_hash", "password_memory_kib"),
    ("sign_in_tries = 11", "many_tries", "sign_in_tries"),
    ("sign_in_lock_minutes = 1", "many_tries", "sign_in_lock_minutes"),
    ("admin_token_file = 'token'", "token_of_everything", "admin_token"),
    ("monitoring_token = 'a-token-of-the-file'", "secret_in_file", "monitoring_token"),
    ("data_key_file = ''", "no_data_key", "data_key_file"),
    ("audit_key_file = ''", "audit_key_beside_the_log", "audit_key_file"),
    ("audit_retention_months = 6", "short_audit_retention", "audit_retention_months"),
];

fn check(folder: &Path, more: &str, arguments: &[&str]) -> Output {
    let named: Vec<&str> =
        more.lines().filter_map(|it| it.split_once(" = ").map(|it| it.0)).collect();
    let kept = SAFE.lines().filter(|it| !named.iter().any(|name| it.starts_with(name)));
    let text: Vec<&str> = kept.chain(more.lines()).collect();
    let file = folder.join("city.toml");
    write(&file, text.join("\n")).expect("the file is written");
    set_permissions(&file, Permissions::from_mode(0o600)).expect("it is ours");
    let mut command = command();
    let names: Vec<_> = command.get_envs().map(|it| it.0.to_owned()).collect();
    for name in names {
        command.env_remove(name);
    }
    command.current_dir(folder).args(["check-config", "--config", "city.toml"]).args(arguments);
    command.output().expect("nengce runs")
}

/// The codes and keys of the warnings, which must name a reason and what to do.
fn warned(output: &Output) -> Vec<(String, String)> {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let lines = text.lines().filter_map(|it| it.strip_prefix("warning["));
    let read = |line: &str| {
        let (code, rest) = line.split_once("] ").expect("a code");
        let (key, words) = rest.split_once(": ").expect("a key");
        assert!(words.contains("; "), "{line}: no advice");
        (code.to_owned(), key.to_owned())
    };
    lines.map(read).collect()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, content) in
        [("data.key", "ab".repeat(32)), ("token", "a-token-of-a-file".to_owned())]
    {
        let file = folder.path().join(name);
        write(&file, content).expect("the file is written");
        set_permissions(&file, Permissions::from_mode(0o600)).expect("it is ours");
    }
    folder
}

#[test]
fn each_unsafe_setting_has_its_warning_and_safe_ones_have_none() {
    let folder = folder();
    assert_eq!(warned(&check(folder.path(), "", &[])), []);
    assert!(check(folder.path(), "", &["--strict"]).status.success());
    for &(setting, code, key) in CASES {
        let found = warned(&check(folder.path(), setting, &[]));
        assert_eq!(found, [(code.to_owned(), key.to_owned())], "{setting}");
        assert!(!check(folder.path(), setting, &["--strict"]).status.success(), "{setting}");
    }
}

#[test]
fn a_file_of_a_secret_that_others_read_is_named_and_no_secret_is_shown() {
    let folder = folder();
    let open = |name: &str| {
        set_permissions(folder.path().join(name), Permissions::from_mode(0o644))
            .expect("it is ours")
    };
    open("data.key");
    open("token");
    let output = check(folder.path(), "admin_token_file = 'token'", &[]);
    let open = |key: &str| ("file_open_to_others".to_owned(), key.to_owned());
    let found = warned(&output);
    assert!(
        [open("admin_token_file"), open("data_key_file")].iter().all(|it| found.contains(it)),
        "{found:?}"
    );
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(said.contains("(set)") && !said.contains("a-token-of-a-file"), "{said}");
}

#[test]
fn the_documentation_names_every_code() {
    let page = std::fs::read_to_string(workspace().join("docs/OPERATIONS.md")).expect("a page");
    let section = page.split("### Unsafe settings").nth(1).expect("a section");
    let section = section.split("\n### ").next().unwrap_or_default();
    let told: BTreeSet<&str> =
        section.lines().filter_map(|it| it.strip_prefix("| `")?.split('`').next()).collect();
    let mut known: BTreeSet<&str> = CASES.iter().map(|it| it.1).collect();
    known.insert("file_open_to_others");
    assert_eq!(told, known);
}
