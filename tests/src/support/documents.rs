//! The Markdown documents as tests read them: sections, links, and the command lines in them. The tests of `xtask` include
//! this file, so it uses nothing but the standard library.

use std::path::Path;

/// One document; the path is relative to the workspace.
pub struct Document {
    pub path: String,
    pub text: String,
}

/// A word of a document with the number of its line, from 1.
pub type At<T> = (usize, T);

/// The documents for people: those at the top of the workspace and those in `docs/`.
pub fn all(workspace: &Path) -> Vec<Document> {
    let mut found = Vec::new();
    for folder in ["", "docs/"] {
        let entries = std::fs::read_dir(workspace.join(folder)).expect("the folder is there");
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".md") {
                let text = std::fs::read_to_string(entry.path()).expect("a document is UTF-8");
                found.push(Document { path: format!("{folder}{name}"), text });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

impl Document {
    /// Lines outside of code blocks, and lines inside of them with the language of the block.
    fn lines(&self) -> impl Iterator<Item = At<(Option<&str>, &str)>> {
        let mut block = None;
        self.text.lines().enumerate().filter_map(move |(at, line)| {
            match (line.trim_start().strip_prefix("```"), block) {
                (Some(language), None) => block = Some(language.trim()),
                (Some(_), Some(_)) => block = None,
                (None, _) => return Some((at + 1, (block, line))),
            }
            None
        })
    }

    /// The anchors of the headings, as GitHub makes them.
    pub fn anchors(&self) -> Vec<String> {
        let headings =
            self.lines().filter(|(_, (block, line))| block.is_none() && line.starts_with('#'));
        headings.map(|(_, (_, line))| anchor(line.trim_start_matches('#').trim())).collect()
    }

    /// Links as (text, target).
    pub fn links(&self) -> Vec<At<(&str, &str)>> {
        let mut found = Vec::new();
        for (at, (_, line)) in self.lines().filter(|(_, (block, _))| block.is_none()) {
            for (place, _) in line.match_indices("](") {
                let text = line[..place].rsplit_once('[').map_or("", |it| it.1);
                let target = line[place + 2..].split(')').next().unwrap_or_default();
                found.push((at, (text, target)));
            }
        }
        found
    }

    /// Words in back quotes outside of code blocks.
    pub fn quoted(&self) -> Vec<At<&str>> {
        let text = self.lines().filter(|(_, (block, _))| block.is_none());
        text.flat_map(|(at, (_, line))| line.split('`').skip(1).step_by(2).map(move |it| (at, it)))
            .collect()
    }

    /// The text of the code blocks of a language.
    pub fn blocks(&self, language: &str) -> Vec<String> {
        let mut blocks: Vec<String> = Vec::new();
        let mut last = 0;
        for (at, (block, line)) in self.lines() {
            if block == Some(language) {
                if at != last + 1 || blocks.is_empty() {
                    blocks.push(String::new());
                }
                last = at;
                if let Some(it) = blocks.last_mut() {
                    it.push_str(line);
                    it.push('\n');
                }
            }
        }
        blocks
    }

    /// Command lines that begin with `program`, in back quotes and in code blocks, as their further words.
    pub fn commands(&self, program: &str) -> Vec<At<Vec<String>>> {
        let quoted = self.quoted().into_iter().map(|(at, it)| (at, it.to_owned()));
        let mut lines: Vec<At<String>> = quoted.collect();
        let mut joined: Option<At<String>> = None;
        for (at, (_, line)) in self.lines().filter(|(_, (block, _))| block.is_some()) {
            let (first, before) = joined.take().unwrap_or_default();
            let whole = format!("{before}{}", line.trim());
            let place = if before.is_empty() { at } else { first };
            match whole.strip_suffix('\\') {
                Some(begun) => joined = Some((place, begun.to_owned())),
                None => lines.push((place, whole)),
            }
        }
        let rest = |(at, line): At<String>| {
            let rest = line.strip_prefix(program)?;
            rest.starts_with(' ').then(|| (at, words(rest)))
        };
        lines.into_iter().filter_map(rest).collect()
    }
}

/// The anchor of a heading: lower case, no punctuation, hyphens for blanks.
fn anchor(heading: &str) -> String {
    let kept = |it: char| it.is_alphanumeric() || matches!(it, ' ' | '-' | '_');
    heading.to_lowercase().chars().filter(|it| kept(*it)).collect::<String>().replace(' ', "-")
}

/// The words of a shell's line: quotes hold a word together, `#` begins a comment.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for it in line.chars() {
        match (it, quote) {
            ('#', None) if word.is_none() => break,
            (it, None) if it.is_whitespace() => words.extend(word.take()),
            ('\'' | '"', None) => {
                quote = Some(it);
                word.get_or_insert_default();
            }
            (it, Some(open)) if it == open => quote = None,
            (it, _) => word.get_or_insert_default().push(it),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_links_and_anchors_are_found() {
        let text = "# A page, of `two` words\nSee [it](x.md#a). `run it 'a b'`\n```sh\nrun this \\\n  --far # why\n```\n[no](y)\n```\n[x](y)\n```\n";
        let it = Document { path: "docs/A.md".to_owned(), text: text.to_owned() };
        assert_eq!(it.anchors(), ["a-page-of-two-words"]);
        assert_eq!(it.links(), [(2, ("it", "x.md#a")), (7, ("no", "y"))]);
        let commands = it.commands("run");
        assert_eq!(commands[0], (2, vec!["it".to_owned(), "a b".to_owned()]));
        assert_eq!(commands[1], (4, vec!["this".to_owned(), "--far".to_owned()]));
        assert_eq!(it.blocks("sh"), ["run this \\\n  --far # why\n"]);
    }
}
