//! Rules of the field that SQL repeats are those that `shared` declares; actions that the server records have words.

use nengce_shared::data_class::DataClass;
use nengce_tests::support::sources::{self, workspace};

#[test]
fn sql_averages_the_classes_that_the_rule_names() {
    let codes: Vec<String> = DataClass::averaged().map(|it| it.code().to_string()).collect();
    let rule = codes.join(", ");
    let wrong: Vec<String> = sources::all()
        .iter()
        .filter(|it| it.path.ends_with(".sql"))
        .flat_map(|it| {
            let lists = it.text.split("data_class IN (").skip(1);
            let lists = lists.filter_map(|rest| rest.split(')').next());
            // Two classes are something else: the factors of energies.
            let averaged = lists.filter(|list| list.split(',').count() > 2 && *list != rule);
            averaged.map(|list| format!("{}: ({list})", it.path)).collect::<Vec<_>>()
        })
        .collect();
    assert!(wrong.is_empty(), "classes are averaged as ({rule}):\n  {}", wrong.join("\n  "));
}

/// Every action that the server records in the audit log has words in both languages on its page.
#[test]
fn every_action_of_the_audit_log_has_words() {
    let read = |path: &str| std::fs::read_to_string(workspace().join(path)).expect("a file");
    let rules = read("backend/src/http/audit/actions.rs");
    let rules = rules.split_once("const RULES").and_then(|it| it.1.split_once("];"));
    let rules = rules.expect("the table of rules").0;
    let words = read("frontend/src/pages/audit/words.rs");
    let codes = ["Change(\"", "Look(\""].into_iter().flat_map(|start| {
        rules.split(start).skip(1).filter_map(|it| it.split('"').next()).collect::<Vec<_>>()
    });
    let missing: Vec<&str> =
        codes.filter(|code| !words.contains(&format!("(\"{code}\", "))).collect();
    assert!(missing.is_empty(), "no words for {missing:?}");
}
