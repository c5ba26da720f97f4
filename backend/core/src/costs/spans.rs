//! Months and hours as people write them: `1-12`, `7月,8月`, `8:00-11:00`, `23-7`.

/// Hours of a day.
pub const HOURS: usize = 24;
const MONTHS: u8 = 12;

/// The months of a text, January first; an empty text means all. `11-2` goes over the turn of the year.
pub fn months(text: &str) -> Option<[bool; 12]> {
    let mut found = [text.trim().is_empty(); 12];
    for part in parts(text) {
        let (from, to) = match numbers(part)?.as_slice() {
            [only] => (*only, *only),
            [from, to] => (*from, *to),
            _ => return None,
        };
        if !(1..=MONTHS).contains(&from) || !(1..=MONTHS).contains(&to) {
            return None;
        }
        let count = (to + MONTHS - from) % MONTHS + 1;
        (0..count).for_each(|it| found[usize::from((from - 1 + it) % MONTHS)] = true);
    }
    Some(found)
}

/// The hours of a text, each from its beginning on; an empty text means all. `23-7` goes over midnight.
pub fn hours(text: &str) -> Option<[bool; HOURS]> {
    let mut found = [text.trim().is_empty(); HOURS];
    for part in parts(text) {
        let [from, to] = numbers(part)?[..] else { return None };
        let (from, to) = (usize::from(from), usize::from(to));
        if from >= HOURS || to > HOURS || from == to {
            return None;
        }
        let count = if to > from { to - from } else { to + HOURS - from };
        (0..count).for_each(|it| found[(from + it) % HOURS] = true);
    }
    Some(found)
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '，', '、', ';', '；', ' ']).map(str::trim).filter(|it| !it.is_empty())
}

/// The whole numbers of `8:00-11:00` or `7月`.
fn numbers(part: &str) -> Option<Vec<u8>> {
    let plain = |it: &str| {
        let it = it.trim().trim_end_matches(['月', '时', '點', '点']);
        let it = it.strip_suffix(":00").or_else(|| it.strip_suffix("：00")).unwrap_or(it);
        it.parse().ok()
    };
    part.split(['-', '~', '～', '–', '—', '至', '到']).map(plain).collect()
}
