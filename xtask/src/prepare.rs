//! What a build needs and a fresh machine lacks: the wasm target, libduckdb, wasm-opt.
//! Builds nothing of the product.
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::duckdb::{self, Library};
use crate::web::TARGET;
use crate::{npm, paths, steps};

pub fn run() -> Result<()> {
    all()?;
    steps::print_times();
    println!(
        "Ready. Plain cargo check, clippy and test work now; `cargo xtask run` starts a demo city."
    );
    Ok(())
}

pub fn all() -> Result<Library> {
    wasm_target()?;
    let library = duckdb::provide()?;
    wasm_opt()?;
    Ok(library)
}

fn wasm_target() -> Result<()> {
    steps::step("Rust target for the browser", || {
        let sysroot = steps::output(steps::command("rustc").args(["--print", "sysroot"]))?;
        let installed = Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET);
        if installed.is_dir() {
            return Ok(((), format!("{TARGET} is installed")));
        }
        if steps::which(&["rustup", "rustup.exe"]).is_none() {
            bail!(
                "{TARGET} is missing and there is no rustup to add it; install the target with your toolchain"
            );
        }
        steps::succeed(steps::command("rustup").args(["target", "add", TARGET]))
            .context("rustup could not add the target")?;
        Ok(((), format!("{TARGET} added")))
    })
}

fn wasm_opt() -> Result<()> {
    steps::step("wasm-opt", || {
        if npm::wasm_opt().is_some() {
            return Ok(((), format!("npm package {}, already here", npm::BINARYEN.spec())));
        }
        if !npm::available() {
            return Ok((
                (),
                "npm is not installed: the front end will be somewhat larger".to_owned(),
            ));
        }
        npm::provide(&npm::BINARYEN, &paths::tools().join(npm::BINARYEN.name))?;
        Ok(((), format!("npm package {}, fetched and checked", npm::BINARYEN.spec())))
    })
}
