//! The questions of the attack: every view and list with filters, spans, comparisons, files and wrong words.

use nengce_tests::support::city::CLINKER;
use nengce_tests::support::message::{ELECTRICITY, RAW_COAL};
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::city::Attacked;

/// `{own}` is a unit of the reader, `{any}` any unit, the reader's or another's, there or not.
const VIEWS: [&str; 28] = [
    "/api/v1/dual-control?",
    "/api/v1/dual-control?table=units&format=csv",
    "/api/v1/dual-control?table=industries&format=csv",
    "/api/v1/energy-flow?",
    "/api/v1/intensity?by=region",
    "/api/v1/intensity?by=industry",
    "/api/v1/intensity?by=unit",
    "/api/v1/benchmarks?",
    "/api/v1/benchmarks/0201?",
    "/api/v1/benchmarks/30?",
    "/api/v1/benchmarks/C3011?unit={any}",
    "/api/v1/benchmarks/clinker?unit={any}",
    "/api/v1/inspection-targets?",
    "/api/v1/units?",
    "/api/v1/units?q=示例水泥&limit=3",
    "/api/v1/units?q={any}",
    "/api/v1/units?reporting=silent&format=csv",
    "/api/v1/timeline?",
    "/api/v1/intensity/decomposition?by=unit",
    "/api/v1/intensity/decomposition?by=region",
    "/api/v1/meta?",
    "/api/v1/factors?",
    "/api/v1/quality/findings?unit={any}",
    "/api/v1/quality/findings?state=",
    "/api/v1/quality/units?",
    "/api/v1/uploads?",
    "/api/v1/devices?",
    "/api/v1/devices?q={any}&format=csv",
];

/// What the database is asked for, at some cost: asked less often.
const OF_THE_DATABASE: [&str; 12] = [
    "/api/v1/snapshot?",
    "/api/v1/snapshot?level=industry_region",
    "/api/v1/slice?group=unit",
    "/api/v1/slice?group=region,month",
    "/api/v1/slice?group=industry,energy_type&format=csv",
    "/api/v1/slice?group=unit,period&grain=day",
    "/api/v1/slice?group=product,unit&unit={any}",
    "/api/v1/snapshot/days?",
    "/api/v1/units/{any}?",
    "/api/v1/units/{own}?",
    "/api/v1/units/{own}/energy?grain=day",
    "/api/v1/units/{any}/energy?grain=month&format=csv",
];

const OF_A_UNIT: [&str; 10] = [
    "/readings?data_code={item}&stat_type=2",
    "/readings?data_code={item}",
    "/calendar?",
    "/load-duration?item={item}",
    "/load-duration?",
    "/load-profile?data_code={item}",
    "/series?item={item}&width=100",
    "/meters?",
    "/no-such-view?",
    "/calendar?format=csv",
];

pub(super) fn questions(city: &Attacked<'_>, seed: u64, count: usize) -> Vec<String> {
    let mut random = ChaCha8Rng::seed_from_u64(20_261 + seed);
    (0..count).map(|_| question(city, &mut random)).collect()
}

fn question(city: &Attacked<'_>, random: &mut ChaCha8Rng) -> String {
    let own = city.own[0].code.as_str();
    let codes: Vec<&str> = city.own.iter().chain(&city.others).map(|it| it.code.as_str()).collect();
    let any = *codes.choose(random).expect("a code");
    let item = *[ELECTRICITY, RAW_COAL, CLINKER].choose(random).expect("an item");
    let path = if random.random_bool(0.06) {
        pick(random, &OF_THE_DATABASE).to_owned()
    } else if random.random_bool(0.2) {
        let unit = if random.random_bool(0.6) { own } else { any };
        match random.random_bool(0.2) {
            true => format!("/api/v1/quality/units/{unit}?"),
            false => format!("/api/v1/units/{unit}{}", pick(random, &OF_A_UNIT)),
        }
    } else {
        pick(random, &VIEWS).to_owned()
    };
    let mut path = path.replace("{any}", any).replace("{own}", own).replace("{item}", item);
    let days = path.contains("/days") || path.contains("/calendar");
    let has_filter = [
        "dual-control",
        "energy-flow",
        "/intensity",
        "benchmarks",
        "inspection",
        "units?",
        "slice",
        "timeline",
        "findings",
    ];
    let has_filter =
        has_filter.iter().any(|it| path.contains(it)) && !path.contains(&format!("units/{own}"));
    if has_filter {
        filter(random, &codes, &mut path);
    }
    let has_span = days
        || has_filter && !path.contains("timeline") && !path.contains("findings")
        || path.contains("/energy?")
        || path.contains("/readings");
    if has_span && random.random_bool(0.7) {
        let from = span(random);
        let to = if random.random_bool(0.3) { from } else { span(random) };
        path += &format!("&from={from}&to={to}");
    }
    let compares =
        ["dual-control", "energy-flow", "/intensity?", "benchmarks", "inspection", "units?"];
    if compares.iter().any(|it| path.contains(it)) && random.random_bool(0.4) {
        let words = ["year", "previous", "year:2024", "region:120116", "peers", "nonsense"];
        path += &format!("&compare={}", pick(random, &words));
    }
    path.replace("?&", "?")
}

fn filter(random: &mut ChaCha8Rng, codes: &[&str], path: &mut String) {
    let regions = ["120119", "120116", "120118,120119", "120000", "999999"];
    let industries = ["C30", "C3011", "30", "C31", "C30,C31"];
    let named = [("region", &regions[..]), ("industry", &industries[..])];
    for (name, words) in named {
        if random.random_bool(0.3) {
            *path += &format!("&{name}={}", pick(random, words));
        }
    }
    if path.contains("findings") {
        return;
    }
    for (name, words) in
        [("class", &["ten_thousand", "thousand"][..]), ("energy", &["coal", "coal,electricity"])]
    {
        if random.random_bool(0.15) {
            *path += &format!("&{name}={}", pick(random, words));
        }
    }
    if random.random_bool(0.3) {
        let some: Vec<&str> = codes.sample(random, 3).copied().collect();
        let name = if path.contains("slice") { "unit" } else { "units" };
        if !path.contains("unit=") {
            *path += &format!("&{name}={}", some.join(","));
        }
    }
    if !path.contains("slice") && random.random_bool(0.2) {
        *path += "&basis=calorific";
    }
}

/// Few spans, so that what they cover in part is read from the database seldom.
fn span(random: &mut ChaCha8Rng) -> &'static str {
    let words = [
        "2023",
        "2024",
        "2025",
        "2026",
        "2025-03",
        "2025-12",
        "2026-09",
        "2023-03-07",
        "2025-12-15",
        "2026-09-05",
    ];
    pick(random, &words)
}

fn pick<'a>(random: &mut ChaCha8Rng, words: &[&'a str]) -> &'a str {
    words.choose(random).expect("a word")
}
