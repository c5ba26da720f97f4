//! Text on a canvas: widths by estimate (measuring each label costs more than drawing it) and axis figures.
//! Digits come from `nengce_shared::number`.

use nengce_shared::number;

/// Estimated width in CSS pixels of the page's font stack.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let ems: f64 = text.chars().map(em).sum();
    ems * size * if bold { 1.05 } else { 1.0 }
}

fn em(c: char) -> f64 {
    match c {
        '0'..='9' | '+' | '−' | '-' => 0.6,
        ' ' | '.' | ',' | '\'' | ':' | ';' | '·' | 'i' | 'j' | 'l' | '|' | '!' | '(' | ')'
        | '/' => 0.32,
        'm' | 'w' | 'M' | 'W' | '%' => 0.88,
        'A'..='Z' => 0.68,
        '\u{2e80}'..='\u{ffef}' => 1.0,
        '\u{20000}'.. => 1.0,
        '▲' | '◆' | '●' | '○' | '→' | '←' | '↑' | '↓' => 0.9,
        _ => 0.56,
    }
}

/// An axis figure: as many decimals as the step needs, thousands parted by commas, a true minus.
pub fn tick(value: f64, step: f64) -> String {
    let decimals =
        if step >= 1.0 || step <= 0.0 { 0 } else { (-step.log10() - 1e-9).ceil() as usize };
    number::grouped(value, decimals)
}

/// The longest beginning that fits, with an ellipsis when something is left out.
pub fn fit(text: &str, size: f64, room: f64) -> String {
    if width(text, size, false) <= room {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = size;
    for c in text.chars() {
        used += em(c) * size;
        if used > room {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

/// The text in lines that fit: broken at spaces, between Han characters, and inside a word only when it alone is too
/// long.
pub fn wrap(text: &str, size: f64, bold: bool, room: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let joined = format!("{line}{piece}");
        if width(joined.trim_end(), size, bold) <= room {
            line = joined;
            continue;
        }
        if !line.trim().is_empty() {
            lines.push(line.trim_end().to_owned());
        }
        line = String::new();
        for c in piece.chars() {
            if !line.is_empty()
                && width(&line, size, bold) + width(&c.to_string(), size, bold) > room
            {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// Words with the space after them; a Han character is a word.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut open = false;
    for c in text.chars() {
        let han = c >= '\u{2e80}';
        match pieces.last_mut() {
            Some(last) if (open && !han) || c == ' ' || "，。、；：）」·,.;:)".contains(c) =>
            {
                last.push(c);
            }
            _ => pieces.push(c.to_string()),
        }
        open = !han && c != ' ';
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_follow_the_page() {
        assert_eq!(tick(1200.0, 200.0), "1,200");
        assert_eq!(tick(0.3, 0.1), "0.3");
        assert_eq!(tick(-0.15, 0.05), "−0.15");
    }

    #[test]
    fn lines_break_between_words_and_han_characters() {
        assert_eq!(wrap("津澜钢铁集团", 10.0, false, 35.0), ["津澜钢", "铁集团"]);
        assert_eq!(wrap("ab cd ef", 10.0, false, 30.0), ["ab cd", "ef"]);
        assert_eq!(wrap("abcdefgh", 10.0, false, 25.0), ["abcd", "efgh"]);
        assert_eq!(wrap("", 10.0, false, 25.0), Vec::<String>::new());
    }

    #[test]
    fn cjk_is_an_em_and_long_names_are_cut() {
        assert_eq!(width("能测", 11.0, false), 22.0);
        assert!(width("123", 11.0, false) < width("能测", 11.0, false));
        assert_eq!(fit("津澜钢铁集团", 11.0, 100.0), "津澜钢铁集团");
        assert_eq!(fit("津澜钢铁集团", 11.0, 45.0), "津澜钢…");
    }
}
