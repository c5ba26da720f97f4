//! One module from cargo becomes a first load and one module per page: split, wasm-bindgen through its library,
//! then wasm-opt when it is here.
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use super::layout::{Files, read_folder};
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

pub const SCRIPT: &str = "nengce.js";
pub const MODULE: &str = "nengce_bg.wasm";
/// Fetches the modules of pages; the script and it import each other.
pub const LINK: &str = "nengce_pages.js";

/// What the browser runs, by the names that the files call each other.
pub struct Bound {
    pub script: Vec<u8>,
    pub wasm: Vec<u8>,
    pub link: Vec<u8>,
    pub pages: Files,
    /// Module → the files that its pages need besides the first.
    pub needs: BTreeMap<String, Vec<String>>,
    pub snippets: Vec<(String, Vec<u8>)>,
}

pub fn bind(wasm: &Path) -> Result<Bound> {
    let parts = paths::fixed_target().join("portal-split");
    let out = paths::fixed_target().join("portal-bindgen");
    npm::remove_folder(&parts)?;
    npm::remove_folder(&out)?;
    let (first, needs) = split(wasm, &parts)?;
    Bindgen::new()
        .input_path(&first)
        .out_name("nengce")
        .typescript(false)
        .demangle(false)
        .keep_lld_exports(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .omit_default_module_path(true)
        .web(true)
        .and_then(|bindgen| bindgen.generate(&out))
        .context("wasm-bindgen")?;
    fs::remove_file(&first)?;
    optimize(&out.join(MODULE))?;
    let mut pages = read_folder(&parts)?;
    let link = pages.remove(LINK).context("the split wrote no script that links its parts")?;
    for name in pages.keys() {
        optimize(&parts.join(name))?;
    }
    for (name, bytes) in &mut pages {
        *bytes = fs::read(parts.join(name))?;
    }
    let snippets = out.join("snippets");
    let snippets = if snippets.is_dir() {
        read_folder(&snippets)?
            .into_iter()
            .map(|(path, bytes)| (format!("snippets/{path}"), bytes))
            .collect()
    } else {
        Vec::new()
    };
    Ok(Bound {
        script: fs::read(out.join(SCRIPT))?,
        wasm: fs::read(out.join(MODULE))?,
        link,
        pages,
        needs,
        snippets,
    })
}

/// Writes the pages' modules and what links them into `parts`; returns the module that wasm-bindgen binds, and which
/// files each of the others needs.
fn split(wasm: &Path, parts: &Path) -> Result<(PathBuf, BTreeMap<String, Vec<String>>)> {
    let input = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let first = parts.join("first.wasm");
    let main_module = format!("./{SCRIPT}");
    let link_name = format!("./{LINK}");
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = parts;
    options.main_out_path = &first;
    options.main_module = &main_module;
    options.link_name = &link_name;
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("splitting: {error:#}"))?;
    let wasm = |it: Vec<String>| it.into_iter().map(|name| format!("{name}.wasm")).collect();
    let needs = split.prefetch_map.into_iter();
    Ok((first, needs.map(|(name, it)| (name, wasm(it))).collect()))
}

fn optimize(module: &Path) -> Result<()> {
    let Some((node, program)) = npm::wasm_opt() else {
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
