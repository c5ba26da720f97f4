//! Invented names and credit codes. No name here is meant to be anybody's.

use nengce_shared::credit_code::CreditCode;
use rand::RngExt;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

const FIRST_CHARACTERS: [&str; 26] = [
    "澜", "沄", "翎", "珩", "璟", "淼", "曜", "屿", "柘", "桁", "泓", "溯", "焱", "珺", "霁", "颢",
    "麓", "漪", "堃", "砺", "筠", "煦", "铎", "晏", "衡", "沚",
];
const SECOND_CHARACTERS: [&str; 18] = [
    "津", "湾", "川", "汐", "潭", "岚", "洲", "沽", "泽", "原", "渡", "桥", "野", "朔", "远", "岳",
    "浦", "淀",
];

/// Every brand once, in an order of its own for each seed.
pub(super) fn brands(random: &mut ChaCha8Rng) -> Vec<String> {
    let mut all: Vec<String> = FIRST_CHARACTERS
        .iter()
        .flat_map(|a| SECOND_CHARACTERS.iter().map(move |b| format!("{a}{b}")))
        .collect();
    all.shuffle(random);
    all
}

/// A valid code: registered by industry and commerce, in the district, with an invented body.
pub(super) fn credit_code(random: &mut ChaCha8Rng, region: &str, index: usize) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRTUWXY";
    let letter =
        |random: &mut ChaCha8Rng| char::from(LETTERS[random.random_range(0..LETTERS.len())]);
    let (a, b) = (letter(random), letter(random));
    let first17 = format!("91{region}MA{a}{:04}{b}{}", index % 10_000, random.random_range(0..10));
    CreditCode::with_check_digit(&first17).map_or(first17, |it| it.to_string())
}
