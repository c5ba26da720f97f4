//! The text of a PDF as Chromium writes it: every sheet with its lines of text and where they stand. Reads no other PDF.

use std::collections::BTreeMap;
use std::io::Read;

/// One sheet of paper.
#[derive(Debug, Default)]
pub struct Sheet {
    pub runs: Vec<Run>,
    /// Pictures, such as painted charts.
    pub images: usize,
}

/// Characters that were written one after the other on one line; CSS pixels from the sheet's top left.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    pub x: f64,
    pub y: f64,
    pub end: f64,
    pub size: f64,
    pub text: String,
}

impl Sheet {
    /// All characters in the order in which they were written.
    pub fn text(&self) -> String {
        self.runs.iter().map(|it| it.text.as_str()).collect()
    }

    /// Whether the sheet says this, spaces aside. The file may name the radical of a letter instead of the letter.
    pub fn says(&self, part: &str) -> bool {
        let letters = |it: &str| it.chars().filter(|it| !it.is_whitespace()).collect::<Vec<char>>();
        let (text, part) = (letters(&self.text()), letters(part));
        let same = |(a, b): (&char, &char)| a == b || ('\u{2e80}'..='\u{2fdf}').contains(a);
        part.is_empty() || text.windows(part.len()).any(|it| it.iter().zip(&part).all(same))
    }

    /// Pairs of runs that stand on each other.
    pub fn overlaps(&self) -> Vec<(&Run, &Run)> {
        let ink: Vec<&Run> = self.runs.iter().filter(|it| !it.text.trim().is_empty()).collect();
        let mut found = Vec::new();
        for (at, a) in ink.iter().enumerate() {
            for b in &ink[at + 1..] {
                let size = a.size.min(b.size);
                let across = a.end.min(b.end) - a.x.max(b.x);
                // Text with a halo is written several times at almost one place.
                let is_halo = (a.x - b.x).abs() < 4.0 && (a.y - b.y).abs() < 4.0;
                if (a.y - b.y).abs() < size * 0.6 && across > size * 0.5 && !is_halo {
                    found.push((*a, *b));
                }
            }
        }
        found
    }
}

/// The sheets of the file.
pub fn sheets(file: &[u8]) -> Vec<Sheet> {
    let objects = objects(file);
    let pages = objects.values().filter(|it| head(it).contains("/Type /Page\n"));
    pages.map(|page| sheet(page, &objects)).collect()
}

type Objects<'a> = BTreeMap<usize, &'a [u8]>;

/// Object number → its bytes.
fn objects(file: &[u8]) -> Objects<'_> {
    let mut found = BTreeMap::new();
    let mut at = 0;
    while let Some(start) = find(file, b" 0 obj\n", at) {
        let number_at =
            file[..start].iter().rposition(|it| !it.is_ascii_digit()).map_or(0, |it| it + 1);
        let body = start + b" 0 obj\n".len();
        let end = find(file, b"\nendobj", body).unwrap_or(file.len());
        if let Ok(number) = String::from_utf8_lossy(&file[number_at..start]).parse() {
            found.insert(number, &file[body..end]);
        }
        at = end;
    }
    found
}

fn find(file: &[u8], what: &[u8], from: usize) -> Option<usize> {
    file[from..].windows(what.len()).position(|it| it == what).map(|it| it + from)
}

/// An object without its stream.
fn head(object: &[u8]) -> String {
    let end = find(object, b"stream\n", 0).unwrap_or(object.len());
    String::from_utf8_lossy(&object[..end]).into_owned()
}

fn stream(object: &[u8]) -> String {
    let Some(start) = find(object, b"stream\n", 0) else {
        return String::new();
    };
    let packed = &object[start + b"stream\n".len()..];
    let mut text = Vec::new();
    let mut reader = flate2::read::ZlibDecoder::new(packed);
    // What follows the stream is not part of it.
    drop(reader.read_to_end(&mut text));
    String::from_utf8_lossy(&text).into_owned()
}

/// The object that the key of a dictionary names.
fn named<'a>(dictionary: &str, key: &str, objects: &Objects<'a>) -> Option<&'a [u8]> {
    let rest = dictionary.split_once(key)?.1;
    objects.get(&rest.split_whitespace().next()?.parse().ok()?).copied()
}

/// Character code → text, and how many bytes a code has.
struct Font {
    letters: BTreeMap<u32, String>,
    bytes: usize,
}

fn font(object: &[u8], objects: &Objects<'_>) -> Font {
    let head = head(object);
    let map = named(&head, "/ToUnicode ", objects).map(stream).unwrap_or_default();
    let mut letters = BTreeMap::new();
    let (mut singles, mut ranges) = (false, false);
    for line in map.lines() {
        match line {
            _ if line.ends_with("beginbfchar") => singles = true,
            _ if line.ends_with("beginbfrange") => ranges = true,
            _ if line.starts_with("endbf") => (singles, ranges) = (false, false),
            _ => {
                let parts: Vec<&str> =
                    line.split(['<', '>', ' ']).filter(|it| !it.is_empty()).collect();
                let number = |it: &str| u32::from_str_radix(it, 16).unwrap_or_default();
                if let ([code, text], true) = (parts.as_slice(), singles) {
                    letters.insert(number(code), utf16(text));
                } else if let ([from, to, text], true) = (parts.as_slice(), ranges) {
                    for code in number(from)..=number(to) {
                        let letter = char::from_u32(number(text) + code - number(from));
                        letters.insert(code, letter.map(String::from).unwrap_or_default());
                    }
                }
            }
        }
    }
    Font { letters, bytes: if head.contains("/Type3") { 1 } else { 2 } }
}

fn utf16(hex: &str) -> String {
    let units: Vec<u16> = hex
        .as_bytes()
        .chunks(4)
        .filter_map(|it| u16::from_str_radix(std::str::from_utf8(it).ok()?, 16).ok())
        .collect();
    String::from_utf16_lossy(&units)
}

/// `a b c d e f` of a transformation.
type Matrix = [f64; 6];

fn times(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

fn sheet(page: &[u8], objects: &Objects<'_>) -> Sheet {
    let head = head(page);
    let height: f64 = head
        .split_once("/MediaBox [")
        .and_then(|it| it.1.split([' ', ']']).nth(3)?.parse().ok())
        .unwrap_or_default();
    let fonts = head.split_once("/Font <<").map_or("", |it| it.1);
    let mut known: BTreeMap<String, Font> = BTreeMap::new();
    let text = named(&head, "/Contents ", objects).map(stream).unwrap_or_default();
    let mut sheet = Sheet::default();
    let mut ways = vec![[1.0, 0.0, 0.0, 1.0, 0.0, 0.0]];
    let mut line: Matrix = ways[0];
    let (mut name, mut size) = (String::new(), 0.0);
    let mut before: Vec<&str> = Vec::new();
    for token in text.split_whitespace() {
        let numbers = |count: usize| -> Vec<f64> {
            let from = before.len().saturating_sub(count);
            before[from..].iter().map(|it| it.parse().unwrap_or_default()).collect()
        };
        let matrix = || Matrix::try_from(numbers(6)).unwrap_or_default();
        let way = *ways.last().unwrap_or(&line);
        match token {
            "q" => ways.push(way),
            "Q" => drop(ways.pop()),
            "cm" => {
                ways.pop();
                ways.push(times(matrix(), way));
            }
            "Do" => sheet.images += 1,
            "Tf" => {
                size = numbers(1)[0];
                name = before[before.len() - 2].to_owned();
                known.entry(name.clone()).or_insert_with(|| {
                    let object = named(fonts, &format!("{name} "), objects);
                    object
                        .map_or(Font { letters: BTreeMap::new(), bytes: 2 }, |it| font(it, objects))
                });
            }
            "Tm" => line = matrix(),
            "Td" => {
                let by = numbers(2);
                line = times([1.0, 0.0, 0.0, 1.0, by[0], by[1]], line);
            }
            "Tj" => {
                let hex = before.last().unwrap_or(&"").trim_matches(['<', '>']);
                let font = known.get(&name);
                let letters: String = hex
                    .as_bytes()
                    .chunks(font.map_or(4, |it| it.bytes * 2))
                    .filter_map(|it| u32::from_str_radix(std::str::from_utf8(it).ok()?, 16).ok())
                    .filter_map(|code| font?.letters.get(&code).cloned())
                    .collect();
                let to = times(line, way);
                // 72 points of PDF are 96 pixels of CSS.
                let (x, y) = (to[4] * 96.0 / 72.0, (height - to[5]) * 96.0 / 72.0);
                let size = size * to[0].abs().max(to[1].abs()) * 96.0 / 72.0;
                write(&mut sheet.runs, x, y, size, &letters);
            }
            _ => {}
        }
        before.push(token);
    }
    sheet
}

/// Joins what continues a line.
fn write(runs: &mut Vec<Run>, x: f64, y: f64, size: f64, letters: &str) {
    let narrow = letters.is_ascii();
    let end = x + size * if narrow { 0.5 } else { 0.95 };
    match runs.last_mut() {
        Some(run) if (run.y - y).abs() < 1.0 && x >= run.end - size && x < run.end + size * 0.6 => {
            run.text.push_str(letters);
            run.end = run.end.max(end);
        }
        _ => runs.push(Run { x, y, end, size, text: letters.to_owned() }),
    }
}
