//! Turns the module from cargo into a first load and one module per page: it is split, bound by wasm-bindgen as a
//! library, and optimized by wasm-opt where that is installed.
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, ensure};
use rayon::prelude::*;
use wasm_bindgen_cli_support::Bindgen;

use crate::files::{Files, read_folder, remove_folder};
use crate::{beside, script};

/// The features that Rust enables by default for the target; wasm-opt must be told.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// What wasm-opt does. Modules of `-O3` are larger than those of `-Oz`, but 3 % smaller once brotli has packed them.
/// The first KiB of memory is the end of the stack, which nothing refers to by a constant address.
const PASSES: [&str; 5] = [
    "-O3",
    "--low-memory-unused",
    "--zero-filled-memory",
    "--strip-producers",
    "--strip-target-features",
];

/// Part of the names of functions that pass streams of bytes to JavaScript. Leptos brings them, the portal makes no
/// such stream, and wasm-opt can remove what nothing exports.
const STREAM_CLASSES: &str = "intounderlying";

pub const SCRIPT: &str = "nengce.js";
pub const MODULE: &str = "nengce_bg.wasm";
/// The script that loads the modules of pages; the main script and it import each other.
pub const LINK: &str = "nengce_pages.js";

/// The files for the browser, under the names by which they refer to each other.
pub struct Bound {
    pub script: Vec<u8>,
    pub wasm: Vec<u8>,
    pub link: Vec<u8>,
    pub pages: Files,
    /// For each module the files that its pages need beside the first load.
    pub needs: BTreeMap<String, Vec<String>>,
    pub snippets: Vec<(String, Vec<u8>)>,
}

/// wasm-opt, a script for node.
pub struct Optimizer {
    pub node: PathBuf,
    pub program: PathBuf,
    pub version: String,
}

/// Writes intermediate files beside `out`.
pub fn bind(wasm: &Path, out: &Path, optimizer: Option<&Optimizer>) -> Result<Bound> {
    let (parts, out) = (beside(out, "split"), beside(out, "bindgen"));
    remove_folder(&parts)?;
    remove_folder(&out)?;
    fs::create_dir_all(&parts)?;
    let (first, needs) = split(wasm, &parts)?;
    let mut output = Bindgen::new()
        .input_path(&first)
        .out_name("nengce")
        .typescript(false)
        .demangle(false)
        .keep_lld_exports(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .omit_default_module_path(true)
        .web(true)
        .and_then(|bindgen| bindgen.generate_output())
        .context("wasm-bindgen")?;
    // A number is a third as long as a name with a hash, which no packing makes shorter.
    let mut imports = Vec::new();
    let module = output.wasm_mut();
    for import in module.imports.iter_mut().filter(|it| it.module.ends_with("_bg.js")) {
        let number = imports.len().to_string();
        imports.push(std::mem::replace(&mut import.name, number));
    }
    let classes = module.exports.iter().filter(|it| it.name.contains(STREAM_CLASSES));
    let classes: Vec<_> = classes.map(|it| it.id()).collect();
    classes.into_iter().for_each(|it| module.exports.delete(it));
    output.emit(&out).context("wasm-bindgen")?;
    fs::remove_file(&first)?;
    let mut pages = read_folder(&parts)?;
    let link = pages.remove(LINK).context("the split wrote no script that links its parts")?;
    let mut modules: Vec<PathBuf> = pages.keys().map(|name| parts.join(name)).collect();
    modules.insert(0, out.join(MODULE));
    if let Some(optimizer) = optimizer {
        // Each module takes one core.
        modules.par_iter().try_for_each(|module| optimize(module, optimizer))?;
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
        script: script::small(&fs::read_to_string(out.join(SCRIPT))?, &imports).into_bytes(),
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

fn optimize(module: &Path, optimizer: &Optimizer) -> Result<()> {
    let small = module.with_extension("opt.wasm");
    let mut command = Command::new(&optimizer.node);
    command.arg(&optimizer.program).args(PASSES).args(FEATURES).arg(module).arg("-o").arg(&small);
    let status = command.status().context("cannot start wasm-opt")?;
    ensure!(status.success(), "wasm-opt {}: {status}", module.display());
    fs::rename(&small, module)?;
    Ok(())
}
