//! Every `cargo xtask` command line in the documents is one that this tool accepts.
use std::path::Path;

use clap::CommandFactory;
use xtask::cli::Cli;

#[path = "../../tests/src/support/documents.rs"]
#[expect(unreachable_pub, reason = "the file is a public module of the test crate")]
mod documents;

#[test]
fn every_documented_command_line_is_accepted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let mut wrong = Vec::new();
    let mut tried = 0;
    for document in documents::all(root) {
        for (line, words) in document.commands("cargo xtask") {
            let words = std::iter::once("cargo xtask".to_owned()).chain(words);
            if let Err(error) = Cli::command().try_get_matches_from(words) {
                wrong.push(format!("{}:{line}: {error}", document.path));
            }
            tried += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 5, "only {tried} command lines were found: the documents are read wrongly");
}
