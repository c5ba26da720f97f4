//! Rules of the field that SQL repeats are those that `shared` declares.

use nengce_shared::data_class::DataClass;
use nengce_tests::support::sources;

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
