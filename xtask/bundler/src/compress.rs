//! Writes the web files, each with its brotli and gzip sibling where that is smaller.
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;
use rayon::prelude::*;

use crate::files::Files;

const TEXT_EXTENSIONS: [&str; 10] =
    ["html", "js", "css", "wasm", "svg", "json", "txt", "csv", "webmanifest", "ico"];

#[derive(Default)]
pub struct Sizes {
    pub wasm: usize,
    pub wasm_brotli: usize,
}

/// Writes all files, on all cores.
pub fn write_all(files: &Files, folder: &Path) -> Result<Sizes> {
    let written: Result<Vec<Sizes>> =
        files.par_iter().map(|(path, content)| write(folder, path, content)).collect();
    Ok(written?.iter().fold(Sizes::default(), |sum, it| Sizes {
        wasm: sum.wasm + it.wasm,
        wasm_brotli: sum.wasm_brotli + it.wasm_brotli,
    }))
}

fn write(folder: &Path, path: &str, content: &[u8]) -> Result<Sizes> {
    let target = folder.join(path);
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(&target, content)?;
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    if !TEXT_EXTENSIONS.contains(&extension) {
        return Ok(Sizes::default());
    }
    let packed = brotli(content)?;
    let sizes = match extension {
        "wasm" => Sizes { wasm: content.len(), wasm_brotli: packed.len() },
        _ => Sizes::default(),
    };
    for (suffix, bytes) in [("br", packed), ("gz", gzip(content)?)] {
        if bytes.len() < content.len() {
            fs::write(folder.join(format!("{path}.{suffix}")), bytes)?;
        }
    }
    Ok(sizes)
}

pub fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut packed, &parameters)?;
    Ok(packed)
}

pub fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}
