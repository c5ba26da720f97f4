//! Writes the web files, each with its brotli and gzip sibling where that is smaller.
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::layout::Files;

const TEXTUAL: [&str; 10] =
    ["html", "js", "css", "wasm", "svg", "json", "txt", "csv", "webmanifest", "ico"];

#[derive(Default)]
pub struct Sizes {
    pub wasm: usize,
    pub wasm_brotli: usize,
}

pub fn write_all(files: &Files, folder: &Path) -> Result<Sizes> {
    let mut sizes = Sizes::default();
    for (path, content) in files {
        let target = folder.join(path);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&target, content)?;
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        if !TEXTUAL.contains(&extension) {
            continue;
        }
        let packed = brotli(content)?;
        if extension == "wasm" {
            sizes.wasm += content.len();
            sizes.wasm_brotli += packed.len();
        }
        for (suffix, bytes) in [("br", packed), ("gz", gzip(content)?)] {
            if bytes.len() < content.len() {
                fs::write(folder.join(format!("{path}.{suffix}")), bytes)?;
            }
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
