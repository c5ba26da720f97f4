//! Which module of a crate imports which other one, read from the sources: paths that start with `crate`, `super`
//! or `self`, in `use` lines and in expressions. Tests inside a file do not count.

use std::collections::{BTreeMap, BTreeSet};

use super::sources::Source;

/// The path of a module inside its crate, from the root: `["store", "writer"]`.
type ModulePath = Vec<String>;

/// Two modules of the same parent that import each other.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MutualImport {
    /// The folder of the parent: `backend/src` or `backend/src/store`.
    pub parent: String,
    pub modules: [String; 2],
    /// For each direction one file that imports.
    pub files: [String; 2],
}

/// The modules of one crate, each with its file and its code.
struct Crate<'s> {
    sources: String,
    modules: BTreeMap<ModulePath, (&'s str, String)>,
}

/// Every pair of sibling modules that import each other, at any depth, in all crates among the sources.
pub fn mutual(sources: &[Source]) -> Vec<MutualImport> {
    crates(sources).iter().flat_map(Crate::mutual).collect()
}

fn crates(sources: &[Source]) -> Vec<Crate<'_>> {
    let mut found: BTreeMap<&str, BTreeMap<ModulePath, (&str, String)>> = BTreeMap::new();
    for source in sources.iter().filter(|it| it.is_rust()) {
        let Some((folder, inside)) = source.path.split_once("/src/") else { continue };
        // Modules of tests may import what they test.
        if inside.split('/').any(|it| it == "tests" || it == "tests.rs") {
            continue;
        }
        let mut path: ModulePath =
            inside.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        if path.last().is_some_and(|it| it == "mod") {
            path.pop();
        }
        if !["lib", "main", "bin"].contains(&path[0].as_str()) {
            found.entry(folder).or_default().insert(path, (&source.path, code(source)));
        }
    }
    found
        .into_iter()
        .map(|(folder, modules)| Crate { sources: format!("{folder}/src"), modules })
        .collect()
}

/// The code of a file without comments and without the tests at its end.
fn code(source: &Source) -> String {
    let lines = source.code_lines().map(|(_, line)| line);
    lines.take_while(|it| !it.starts_with("#[cfg(test)]")).collect::<Vec<_>>().join("\n")
}

impl Crate<'_> {
    fn mutual(&self) -> Vec<MutualImport> {
        // (parent, importing child, imported child) → a file that does it.
        let mut imports: BTreeMap<(ModulePath, &str, String), &str> = BTreeMap::new();
        let known = self.known();
        for (module, (file, code)) in &self.modules {
            for mut target in paths(code, module) {
                while !target.is_empty() && !known.contains(&target[..]) {
                    target.pop();
                }
                let common = module.iter().zip(&target).take_while(|(a, b)| a == b).count();
                if let (Some(from), Some(to)) = (module.get(common), target.get(common)) {
                    let key = (module[..common].to_vec(), from.as_str(), to.clone());
                    imports.entry(key).or_insert(file);
                }
            }
        }
        let back = |(parent, from, to): &(ModulePath, &str, String)| {
            imports.get(&(parent.clone(), to.as_str(), (*from).to_owned())).copied()
        };
        imports
            .iter()
            .filter(|((_, from, to), _)| *from < to.as_str())
            .filter_map(|(key, there)| {
                let files = [(*there).to_owned(), back(key)?.to_owned()];
                let mut parent = vec![self.sources.as_str()];
                parent.extend(key.0.iter().map(String::as_str));
                let modules = [key.1.to_owned(), key.2.clone()];
                Some(MutualImport { parent: parent.join("/"), modules, files })
            })
            .collect()
    }

    /// All modules, also those that are folders without a file of their own among the sources.
    fn known(&self) -> BTreeSet<&[String]> {
        self.modules.keys().flat_map(|it| (1..=it.len()).map(|end| &it[..end])).collect()
    }
}

/// The paths that the code of a module names inside its crate, from the root of the crate.
fn paths(code: &str, module: &[String]) -> Vec<ModulePath> {
    let mut found = Vec::new();
    for (at, start) in code.match_indices("::") {
        let first = word_before(code, at);
        let begins_path = !code[..at - first.len()].ends_with("::");
        let base = match first {
            _ if !begins_path => continue,
            "crate" => &module[..0],
            "super" => &module[..module.len() - 1],
            "self" => module,
            _ => continue,
        };
        tree(&code[at + start.len()..], base.to_vec(), &mut found);
    }
    found
}

fn word_before(code: &str, end: usize) -> &str {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let start = code[..end]
        .rfind(|c| !is_word(c))
        .map_or(0, |at| at + code[at..].chars().next().map_or(1, char::len_utf8));
    &code[start..end]
}

/// Reads what follows a `::`, a name with more names after it or a list in braces, and returns the rest of the text.
fn tree<'c>(text: &'c str, mut base: ModulePath, found: &mut Vec<ModulePath>) -> &'c str {
    let mut text = text.trim_start();
    if let Some(list) = text.strip_prefix('{') {
        text = list.trim_start();
        while !text.is_empty() && !text.starts_with('}') {
            let rest = tree(text, base.clone(), found);
            // Something that is no list of paths, such as the body of a macro: it ends here.
            let Some(rest) = rest
                .trim_start()
                .strip_prefix(',')
                .or_else(|| rest.trim_start().starts_with('}').then_some(rest.trim_start()))
            else {
                return rest;
            };
            text = rest.trim_start();
        }
        return text.strip_prefix('}').unwrap_or(text);
    }
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let (name, mut rest) = text.split_at(end);
    match name {
        "super" => drop(base.pop()),
        "self" | "" => {}
        _ => base.push(name.to_owned()),
    }
    if let Some(more) = rest.strip_prefix("::") {
        return tree(more, base, found);
    }
    found.push(base);
    if let Some(renamed) = rest.strip_prefix(" as ") {
        let end = renamed.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(0);
        rest = &renamed[end..];
    }
    rest.strip_prefix('*').unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::{mutual, paths};
    use crate::support::sources::Source;

    fn named(code: &str, module: &str) -> Vec<String> {
        let module: Vec<String> = module.split('/').map(str::to_owned).collect();
        paths(code, &module).into_iter().map(|it| it.join("/")).collect()
    }

    #[test]
    fn paths_are_read_from_lists_and_expressions() {
        assert_eq!(
            named("use crate::a::{b, c::{d as e, self}, f::*};", "x"),
            ["a/b", "a/c/d", "a/c", "a/f"]
        );
        assert_eq!(
            named("use super::b::C; fn f() { super::super::d::g(self::h::I) }", "x/y"),
            ["x/b/C", "d/g", "x/y/h/I"]
        );
        assert_eq!(named("std::fs::read(other_crate::a); $crate::wire!()", "x"), ["wire"]);
    }

    #[test]
    fn modules_that_import_each_other_are_found_at_each_depth() {
        let source = |path: &str, text: &str| Source { path: path.into(), text: text.into() };
        let found = mutual(&[
            source("app/src/lib.rs", "pub use crate::a::A;"),
            source("app/src/a/mod.rs", "use crate::b::B;"),
            source("app/src/a/one.rs", "use super::two::Two;"),
            source(
                "app/src/a/two.rs",
                "// crate::a::one\nuse super::A;\n#[cfg(test)]\nuse super::one::One;",
            ),
            source("app/src/b.rs", "use super::{c, a::two::Two};"),
            source("app/src/c.rs", ""),
        ]);
        let pairs: Vec<_> =
            found.iter().map(|it| (it.parent.as_str(), it.modules.join(" "))).collect();
        assert_eq!(pairs, [("app/src", "a b".to_owned())]);
    }
}
