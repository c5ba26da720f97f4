//! The known word that is nearest to a wrong one, by the number of letters to be changed.

/// The nearest of the known words; `None` where none resembles the wrong one.
pub fn closest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = wrong.chars().count();
    known
        .into_iter()
        .map(|word| (distance(wrong, word), word))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, _)| *distance * 2 <= length + 1)
        .map(|(_, word)| word)
}

/// Letters to be inserted, removed or replaced.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn a_slip_finds_its_word_and_nonsense_finds_none() {
        let known = ["coal", "oil", "electricity"];
        assert_eq!(closest("coaal", known), Some("coal"));
        assert_eq!(closest("elektricity", known), Some("electricity"));
        assert_eq!(closest("zzzzzz", known), None);
    }
}
