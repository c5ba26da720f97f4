//! The differencing attack: ten thousand questions of an enterprise and of a district office, asked while the rest of the
//! city is empty, after it arrived, and after it changed. What they are answered is the same each time, so that nothing
//! about another unit can be derived from it. The one exception, the unit among its peers, is attacked by subtraction.

mod answers;
mod city;
mod peers;
mod questions;

use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::person::{Person, create};

use self::answers::Seen;
use self::city::Attacked;

/// Questions of each reader to each of the three cities: more than ten thousand in all.
const QUESTIONS: usize = 1_700;

/// The same questions to the city as it is, by several connections at once.
fn ask(person: &Person<'_>, questions: &[String], earlier: Option<&[Seen]>) -> Vec<Seen> {
    let each = questions.len().div_ceil(4);
    std::thread::scope(|scope| {
        let parts: Vec<_> = questions
            .chunks(each)
            .enumerate()
            .map(|(part, questions)| {
                scope.spawn(move || {
                    let seen = |(at, path): (usize, &String)| {
                        Seen::of(person, path, earlier.map(|it| &it[part * each + at]))
                    };
                    questions.iter().enumerate().map(seen).collect::<Vec<_>>()
                })
            })
            .collect();
        parts.into_iter().flat_map(|it| it.join().expect("the answers")).collect()
    })
}

#[test]
fn ten_thousand_questions_tell_nothing_of_another_unit() {
    let app = TestApp::with_environment(&[
        ("NENGCE_PUBLIC_READS", ""),
        ("NENGCE_MAX_CUBE_CELLS", "1500"),
        ("NENGCE_MAX_SLICE_ROWS", "60"),
    ]);
    let mut city = Attacked::new(&app);
    create(&app, "manager", &[Role::EnterpriseManager], &[], &[&city.own[0].code]);
    create(&app, "district", &[Role::DistrictOffice], &[city::OWN_DISTRICT], &[]);
    let readers = ["manager", "district"].map(|it| Person::sign_in(&app, it));
    let (mut of_peers, mut found) = (Vec::new(), Vec::new());
    let mut before: [Option<Vec<Seen>>; 2] = [None, None];
    let questions: [Vec<String>; 2] =
        [0, 1].map(|at| questions::questions(&city, at as u64, QUESTIONS));
    for change in ["nobody else is there", "others arrived", "one more came, others changed"] {
        city.go_on(change);
        app.wait_until_assessed();
        for (at, reader) in readers.iter().enumerate() {
            let now = ask(reader, &questions[at], before[at].as_deref());
            for (path, (was, is)) in questions[at].iter().zip(before[at].iter().flatten().zip(&now))
            {
                found.extend(is.difference(was, path, change));
            }
            before[at] = Some(now);
        }
        of_peers.push(peers::answer(&readers[0], &city.own[0].code));
    }
    found.sort_by_key(String::len);
    found.dedup_by_key(|it| it.split('?').next().map(str::to_owned));
    let first: Vec<&String> = found.iter().take(12).collect();
    assert!(found.is_empty(), "{} answers depend on others, such as {first:#?}", found.len());
    let good = before.iter().flatten().flatten().filter(|it| it.status == 200).count();
    assert!(good * 2 > QUESTIONS * 2, "most questions have an answer: {good}");
    peers::attack(&city, &of_peers);
}
