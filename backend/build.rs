//! Puts libduckdb beside what cargo builds and tells the linker to look there;
//! makes sure that there is a web folder to embed. Fetches nothing.
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const NOT_BUILT: &str = "<!doctype html>\n<html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>能测 Nengce</title>\n\
<p>这个服务器编译时没有前端。请运行 <code>cargo xtask run</code>。</p>\n\
<p lang=\"en\">This server was built without its web pages. Run <code>cargo xtask run</code>.</p>\n</html>\n";

fn main() -> io::Result<()> {
    let manifest = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    web_folder(&manifest.join("../target/portal"))?;
    if env::var_os("CARGO_FEATURE_BUNDLED").is_none() {
        libduckdb()?;
    }
    Ok(())
}

fn web_folder(web: &Path) -> io::Result<()> {
    let index = web.join("index.html");
    if !index.exists() {
        fs::create_dir_all(web)?;
        fs::write(&index, NOT_BUILT)?;
    }
    // Not watched: the program alone holds these files, and cargo sees those that it includes.
    println!("cargo:rerun-if-changed=build.rs");
    Ok(())
}

fn libduckdb() -> io::Result<()> {
    let macos = env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "macos");
    let (file, origin) =
        if macos { ("libduckdb.dylib", "@loader_path") } else { ("libduckdb.so", "$ORIGIN") };
    // Not `-bins` only: the crate's own unit tests link the library too.
    println!("cargo:rustc-link-arg=-Wl,-rpath,{origin}");
    println!("cargo:rerun-if-env-changed=DUCKDB_LIB_DIR");
    let Some(dir) = env::var_os("DUCKDB_LIB_DIR") else {
        return Ok(());
    };
    let source = Path::new(&dir).join(file);
    println!("cargo:rerun-if-changed={}", source.display());
    if !source.exists() {
        return Ok(());
    }
    // OUT_DIR is <target>/<profile>/build/<package>/out.
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    if let Some(profile) = out.ancestors().nth(3) {
        place(&source, &profile.join(file))?;
        place(&source, &profile.join("deps").join(file))?;
    }
    Ok(())
}

fn place(source: &Path, target: &Path) -> io::Result<()> {
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent)?;
    }
    // A copy under another name first: a running server may have the old one mapped.
    let fresh = target.with_extension("new");
    fs::remove_file(&fresh).or_else(ignore_missing)?;
    fs::hard_link(source, &fresh).or_else(|_| fs::copy(source, &fresh).map(drop))?;
    fs::rename(&fresh, target)?;
    // rename() of two names of one file does nothing and leaves both.
    fs::remove_file(&fresh).or_else(ignore_missing)
}

fn ignore_missing(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}
