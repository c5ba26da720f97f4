//! `nengce-bundler WASM PUBLIC OUT [NODE WASM_OPT VERSION]`, as `cargo xtask` calls it.

use std::env;
use std::path::PathBuf;

use anyhow::{Result, bail};
use nengce_bundler::bind::Optimizer;
use nengce_bundler::{Options, bundle};

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (paths, optimizer) = match &arguments[..] {
        [paths @ .., node, program, version] if paths.len() == 3 => {
            let optimizer =
                Optimizer { node: node.into(), program: program.into(), version: version.clone() };
            (paths, Some(optimizer))
        }
        paths if paths.len() == 3 => (paths, None),
        _ => bail!("usage: nengce-bundler WASM PUBLIC OUT [NODE WASM_OPT VERSION]"),
    };
    let [wasm, public, out] = [0, 1, 2].map(|at| PathBuf::from(&paths[at]));
    println!("{}", bundle(&Options { wasm, public, out, optimizer })?);
    Ok(())
}
