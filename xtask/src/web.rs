//! The front end's way into `target/portal`: cargo, wasm-bindgen, wasm-opt, names, compression.
//! What is in the pages is `public/` and `frontend/`, not here.
pub mod bind;
pub mod compress;
pub mod layout;
pub mod stamp;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::{npm, paths, steps};

const PACKAGE: &str = "nengce-frontend";

/// Brings `target/portal` up to date; touches nothing in it when it is.
pub fn build() -> Result<()> {
    let wasm = compile()?;
    steps::step("Web files", || {
        let public = paths::root().join("public");
        let wasm_bytes =
            fs::read(&wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
        let files = layout::read_folder(&public)?;
        let stamp = stamp::of(&wasm_bytes, &files, npm::wasm_opt().is_some());
        let web = paths::web();
        if stamp::holds(&stamp_file(), &stamp, &web) {
            return Ok(((), "unchanged since the last run".to_owned()));
        }
        let bound = bind::bind(&wasm)?;
        let laid = layout::lay_out(files, bound)?;
        let fresh = web.with_extension("new");
        npm::remove_folder(&fresh)?;
        let sizes = compress::write_all(&laid, &fresh)?;
        npm::remove_folder(&web)?;
        fs::rename(&fresh, &web)?;
        stamp::keep(&stamp_file(), &stamp, &web)?;
        let note = format!(
            "{} files; wasm {:.0} KB, {:.0} KB as brotli",
            laid.len(),
            sizes.wasm as f64 / 1000.0,
            sizes.wasm_brotli as f64 / 1000.0
        );
        Ok(((), note))
    })
}

fn stamp_file() -> PathBuf {
    paths::fixed_target().join("portal.stamp")
}

fn compile() -> Result<PathBuf> {
    steps::step("Front end (WebAssembly)", || {
        steps::succeed(
            steps::cargo()
                .args(["build", "--package", PACKAGE, "--profile", "web"])
                .args(["--target", crate::prepare::WASM_TARGET])
                // Leptos then compiles views behind one type each: a tenth less to download.
                // The relocations tell what belongs to which page when the module is split.
                .env(
                    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                    "--cfg=erase_components -Clink-args=--emit-relocs",
                ),
        )?;
        let wasm = paths::cargo_target()
            .join(crate::prepare::WASM_TARGET)
            .join("web")
            .join(format!("{PACKAGE}.wasm"));
        let note = format!(
            "{:.0} KB before wasm-bindgen and wasm-opt",
            steps::size(&wasm)? as f64 / 1000.0
        );
        Ok((wasm, note))
    })
}
