//! The documents are true: the README's conversation with curl, every `nengce` command line, and every configuration
//! key with its default.

use std::process::Command;

use nengce_tests::support::app::TestApp;
use nengce_tests::support::documents;
use nengce_tests::support::server::command;
use nengce_tests::support::sources::workspace;

fn text(path: &str) -> String {
    std::fs::read_to_string(workspace().join(path)).expect(path)
}

/// With `--help` at its end, a command line is parsed to its last flag without doing anything.
#[test]
fn every_documented_command_line_is_accepted() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for document in documents::all(&workspace()) {
        for (line, words) in document.commands("nengce") {
            let output = command().args(&words).arg("--help").output().expect("nengce runs");
            if !output.status.success() {
                let said = String::from_utf8_lossy(&output.stderr).into_owned();
                wrong.push(format!("{}:{line}: nengce {}\n{said}", document.path, words.join(" ")));
            }
            tried += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 20, "only {tried} command lines were found: the documents are read wrongly");
}

/// The block is run as it is written, except for the server's address.
#[test]
fn the_conversation_of_the_readme_works() {
    let app = TestApp::with_environment(&[("NENGCE_AUTO_APPROVE_DEVICES", "true")]);
    let readme = documents::all(&workspace());
    let readme = readme.iter().find(|it| it.path == "README.md").expect("a README");
    let script =
        readme.blocks("sh").into_iter().find(|it| it.contains("curl")).expect("a block with curl");
    let script = script.replace("http://127.0.0.1:8080", &app.url());
    let output = Command::new("sh").arg("-c").arg(script).output().expect("a shell");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let promised = readme.blocks("json").concat();
    let bare = |it: &str| it.split_whitespace().collect::<String>();
    assert_eq!(bare(&said), bare(&promised), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn every_key_of_the_configuration_is_documented_with_its_default() {
    let output = command().args(["check-config", "--print-sample"]).output().expect("nengce runs");
    let sample = String::from_utf8(output.stdout).expect("the sample is UTF-8");
    let page = text("docs/OPERATIONS.md");
    let row = |line: &str| line.split_once(" = ").map(|(key, it)| format!("| `{key}` | `{it}` |"));
    let rows: Vec<String> = sample.lines().filter_map(row).collect();
    assert!(rows.len() > 100, "{sample}");
    let missing: Vec<_> = rows.iter().filter(|it| !page.contains(it.as_str())).collect();
    assert!(missing.is_empty(), "docs/OPERATIONS.md lacks {missing:#?}");
}
