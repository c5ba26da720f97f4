//! From the compiled front end to the web files: split into pages, wasm-bindgen, wasm-opt, names, compression.
//! A program of its own, so that cargo compiles it beside the server. What is in the pages is `public/` and
//! `frontend/`, not here.

pub mod bind;
pub mod compress;
pub mod files;
pub mod layout;
pub mod script;
pub mod stamp;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use bind::Optimizer;

pub struct Options {
    /// The front end as cargo compiled it.
    pub wasm: PathBuf,
    /// Files that are served as they are, and index.html.
    pub public: PathBuf,
    /// The folder to write.
    pub out: PathBuf,
    pub optimizer: Option<Optimizer>,
}

/// Brings the folder up to date and returns its content; an up-to-date folder is not touched.
pub fn bundle(options: &Options) -> Result<String> {
    let wasm = &options.wasm;
    let bytes = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let public = files::read_folder(&options.public)?;
    let version = options.optimizer.as_ref().map(|it| it.version.as_str());
    let stamp = stamp::of(&bytes, &public);
    let (out, stamp_file) = (&options.out, options.out.with_extension("stamp"));
    if stamp::holds(&stamp_file, &stamp, version, out) {
        return Ok("unchanged since the last run".to_owned());
    }
    let bound = bind::bind(wasm, out, options.optimizer.as_ref())?;
    let laid = layout::lay_out(public, bound)?;
    let fresh = out.with_extension("new");
    files::remove_folder(&fresh)?;
    let sizes = compress::write_all(&laid, &fresh)?;
    files::remove_folder(out)?;
    fs::rename(&fresh, out)?;
    stamp::keep(&stamp_file, &stamp, version, out)?;
    Ok(format!(
        "{} files; wasm {:.0} KB, {:.0} KB as brotli",
        laid.len(),
        sizes.wasm as f64 / 1000.0,
        sizes.wasm_brotli as f64 / 1000.0
    ))
}

/// A folder beside another one: `portal` and `split` give `portal-split`.
fn beside(folder: &Path, suffix: &str) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    folder.with_file_name(format!("{name}-{suffix}"))
}
