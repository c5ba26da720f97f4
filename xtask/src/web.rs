//! The front end's way into `target/portal`: cargo compiles it for the browser, the bundler makes the web files.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use anyhow::{Context, Result};

use crate::{npm, paths, steps};

const PACKAGE: &str = "nengce-frontend";
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Whether wasm-opt runs on the modules: they become a quarter smaller, at the cost of two minutes of one core.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modules {
    Optimized,
    AsCompiled,
}

/// Compiles the front end while the commands in `native` compile the bundler and whatever else they name, then brings
/// `target/portal` up to date.
pub fn build(
    native: &mut [&mut Command],
    what: &str,
    bundler: &Path,
    modules: Modules,
) -> Result<()> {
    let wasm = steps::step(&format!("Front end (WebAssembly), {what}"), || {
        let (wasm, built) = thread::scope(|scope| {
            let front_end = scope.spawn(compile);
            let built = native.iter_mut().try_for_each(|it| steps::succeed(it));
            (front_end.join(), built)
        });
        built?;
        let wasm = wasm.ok().context("the thread that compiles the front end panicked")??;
        let size = steps::size(&wasm)? as f64 / 1000.0;
        Ok((wasm, format!("{size:.0} KB before wasm-bindgen and wasm-opt")))
    })?;
    steps::step("Web files", || {
        let mut bundle = steps::command(bundler);
        bundle.arg(wasm).arg(paths::root().join("public")).arg(paths::web());
        let optimizer = npm::wasm_opt().filter(|_| modules == Modules::Optimized);
        if let Some((node, program)) = optimizer {
            bundle.arg(node).arg(program).arg(npm::BINARYEN.version);
        }
        Ok(((), steps::output(&mut bundle)?.trim().to_owned()))
    })
}

fn compile() -> Result<PathBuf> {
    steps::succeed(
        steps::cargo()
            .args(["build", "--package", PACKAGE, "--profile", "web", "--target", TARGET])
            // Two progress bars at once would overwrite each other.
            .arg("--quiet"),
    )?;
    Ok(paths::cargo_target().join(TARGET).join("web").join(format!("{PACKAGE}.wasm")))
}
