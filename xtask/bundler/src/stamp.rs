//! Records the inputs from which the web files were made, by hashes, since times are not reliable.
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::files::{Files, sha256_hex};

/// Increase this when the steps that make the web files change.
const FORMAT_VERSION: &str = "2";

pub fn of(wasm: &[u8], public: &Files) -> String {
    let mut hash = Sha256::new();
    for part in [FORMAT_VERSION.as_bytes(), wasm] {
        add(&mut hash, part);
    }
    for (path, content) in public {
        add(&mut hash, path.as_bytes());
        add(&mut hash, content);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The length comes first, so that bytes cannot move from one part to the next unnoticed.
fn add(hash: &mut Sha256, part: &[u8]) {
    hash.update((part.len() as u64).to_le_bytes());
    hash.update(part);
}

/// Whether the folder was made from the inputs of this stamp. Without an optimizer, the files that an optimizer made
/// are accepted too. index.html is checked as well, since the server's build script writes another one when the folder
/// is missing.
pub fn holds(file: &Path, stamp: &str, optimizer: Option<&str>, folder: &Path) -> bool {
    let kept = fs::read_to_string(file).unwrap_or_default();
    let mut words = kept.split_whitespace();
    let has_inputs = words.next() == Some(stamp);
    let has_optimizer = words.next().is_some_and(|it| optimizer.is_none_or(|wanted| it == wanted));
    has_inputs && has_optimizer && words.next() == hash_of_index(folder).ok().as_deref()
}

/// `optimizer` is the version of wasm-opt.
pub fn keep(
    file: &Path,
    stamp: &str,
    optimizer: Option<&str>,
    folder: &Path,
) -> std::io::Result<()> {
    let optimizer = optimizer.unwrap_or("none");
    fs::write(file, format!("{stamp} {optimizer} {}\n", hash_of_index(folder)?))
}

fn hash_of_index(folder: &Path) -> std::io::Result<String> {
    Ok(sha256_hex(&fs::read(folder.join("index.html"))?))
}
