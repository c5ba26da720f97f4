//! Makes the script that wasm-bindgen wrote smaller: numbers instead of long names, no indentation, no comments.

/// The script with each import under its place in `imports`, as the module then names it. wasm-bindgen writes no text
/// of several lines, so that each line may lose its indentation.
pub fn small(script: &str, imports: &[String]) -> String {
    let mut small = String::with_capacity(script.len());
    for line in script.lines().map(str::trim) {
        if line.is_empty() || ["/**", "* ", "*/", "//"].iter().any(|it| line.starts_with(it)) {
            continue;
        }
        let import = line
            .split_once(": ")
            .and_then(|(name, rest)| Some((imports.iter().position(|it| it == name)?, rest)));
        match import {
            Some((number, rest)) => small.push_str(&format!("{number}: {rest}")),
            None => small.push_str(line),
        }
        small.push('\n');
    }
    small
}
