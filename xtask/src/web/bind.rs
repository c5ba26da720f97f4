//! wasm-bindgen through its library, then wasm-opt when it is here.
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::{npm, paths, steps};

/// What Rust's own defaults for the target use; wasm-opt must be told.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The script's path and bytes, the module's bytes, and further scripts by path.
pub struct Bound {
    pub script: Vec<u8>,
    pub wasm: Vec<u8>,
    pub snippets: Vec<(String, Vec<u8>)>,
}

pub fn optimizer() -> Option<(PathBuf, PathBuf)> {
    let program = paths::tools().join(npm::BINARYEN.name).join("bin/wasm-opt");
    let node = steps::which(&["node", "node.exe"])?;
    program.is_file().then_some((node, program))
}

pub fn bind(wasm: &Path) -> Result<Bound> {
    let out = paths::fixed_target().join("portal-bindgen");
    npm::remove_folder(&out)?;
    Bindgen::new()
        .input_path(wasm)
        .out_name("nengce")
        .typescript(false)
        .demangle(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .omit_default_module_path(true)
        .web(true)
        .and_then(|bindgen| bindgen.generate(&out))
        .context("wasm-bindgen")?;
    let module = out.join("nengce_bg.wasm");
    optimize(&module)?;
    let snippets = out.join("snippets");
    let snippets = if snippets.is_dir() {
        crate::web::layout::read_folder(&snippets)?
            .into_iter()
            .map(|(path, bytes)| (format!("snippets/{path}"), bytes))
            .collect()
    } else {
        Vec::new()
    };
    Ok(Bound {
        script: fs::read(out.join("nengce.js"))?,
        wasm: fs::read(&module)?,
        snippets,
    })
}

fn optimize(module: &Path) -> Result<()> {
    let Some((node, program)) = optimizer() else {
        return Ok(());
    };
    let small = module.with_extension("opt.wasm");
    steps::succeed(
        steps::command(node)
            .arg(program)
            .arg("-Oz")
            .args(FEATURES)
            .arg(module)
            .arg("-o")
            .arg(&small),
    )?;
    fs::rename(&small, module)?;
    Ok(())
}
