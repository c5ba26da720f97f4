//! The project's own files as the architecture tests see them: what git tracks or would track.

use std::path::{Path, PathBuf};
use std::process::Command;

/// One file of the workspace; the path is relative to its root, with `/`.
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    pub fn under(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }

    /// Lines with their number from 1, line comments and doc comments cut off.
    pub fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(at, line)| (at + 1, code_of(line)))
    }
}

/// The part of a line before `//` that is not inside a string.
fn code_of(line: &str) -> &str {
    let mut quoted = false;
    let mut previous = ' ';
    for (at, character) in line.char_indices() {
        match character {
            '"' if previous != '\\' && previous != '\'' => quoted = !quoted,
            '/' if previous == '/' && !quoted => return &line[..at - 1],
            _ => {}
        }
        previous = character;
    }
    line
}

pub fn workspace() -> PathBuf {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_folder.parent().expect("the crate lies in the workspace").to_path_buf()
}

/// Every text file that git tracks, or would at the next `add`.
pub fn all() -> Vec<Source> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(workspace())
        .output()
        .expect("git lists the files");
    assert!(output.status.success(), "git ls-files: {}", String::from_utf8_lossy(&output.stderr));
    let names = String::from_utf8(output.stdout).expect("paths are UTF-8");
    let sources: Vec<Source> = names
        .split('\0')
        .filter(|name| !name.is_empty())
        .filter_map(|name| {
            let text = std::fs::read_to_string(workspace().join(name)).ok()?;
            Some(Source { path: name.to_owned(), text })
        })
        .collect();
    assert!(sources.iter().filter(|s| s.is_rust()).count() > 20, "the workspace has sources");
    sources
}

/// The Rust files of the workspace.
pub fn rust() -> Vec<Source> {
    all().into_iter().filter(Source::is_rust).collect()
}

/// `word` with no letter, digit or underscore at either end.
pub fn contains_word(code: &str, word: &str) -> bool {
    let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    code.match_indices(word).any(|(at, _)| {
        !inside(code[..at].chars().next_back()) && !inside(code[at + word.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::code_of;

    #[test]
    fn comments_are_cut_and_strings_kept() {
        assert_eq!(code_of("let a = 1; // axum"), "let a = 1; ");
        assert_eq!(code_of("//! axum"), "");
        assert_eq!(code_of(r#"let u = "http://x";"#), r#"let u = "http://x";"#);
    }
}
