//! Files with their content, and folders of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Path below the web root, with forward slashes → content.
pub type Files = BTreeMap<String, Vec<u8>>;

/// All files of a folder and of the folders in it, but for names that start with a dot.
pub fn read_folder(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(here) = waiting.pop() {
        let entries =
            fs::read_dir(&here).with_context(|| format!("cannot read {}", here.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                waiting.push(path);
                continue;
            }
            let parts: Vec<_> = path
                .strip_prefix(folder)?
                .components()
                .map(|part| part.as_os_str().to_string_lossy())
                .collect();
            if parts.iter().any(|part| part.starts_with('.')) {
                continue;
            }
            files.insert(parts.join("/"), fs::read(&path)?);
        }
    }
    Ok(files)
}

pub fn remove_folder(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
