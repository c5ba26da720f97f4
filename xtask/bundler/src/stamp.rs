//! Whether the web files were made from these very inputs. Hashes only; times lie.
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::files::{Files, sha256_hex};

/// To be raised when the steps that make the web files change.
const RECIPE: &str = "1";

/// `optimizer` is the version of wasm-opt.
pub fn of(wasm: &[u8], public: &Files, optimizer: Option<&str>) -> String {
    let mut hash = Sha256::new();
    let optimizer = optimizer.unwrap_or("none");
    for part in [RECIPE.as_bytes(), optimizer.as_bytes(), wasm] {
        add(&mut hash, part);
    }
    for (path, content) in public {
        add(&mut hash, path.as_bytes());
        add(&mut hash, content);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The length first, so that bytes cannot move from one part to the next unseen.
fn add(hash: &mut Sha256, part: &[u8]) {
    hash.update((part.len() as u64).to_le_bytes());
    hash.update(part);
}

/// Also of index.html: the server's build script puts another one there when the folder is gone.
pub fn holds(file: &Path, stamp: &str, folder: &Path) -> bool {
    let kept = fs::read_to_string(file).ok();
    kept.is_some() && kept == with_index(stamp, folder).ok()
}

pub fn keep(file: &Path, stamp: &str, folder: &Path) -> std::io::Result<()> {
    fs::write(file, with_index(stamp, folder)?)
}

fn with_index(stamp: &str, folder: &Path) -> std::io::Result<String> {
    let index = fs::read(folder.join("index.html"))?;
    Ok(format!("{stamp} {}\n", sha256_hex(&index)))
}
