//! The built front end inside the binary: a path in, bytes with their headers out.
//! Nothing of HTTP routing here; which path falls back to index.html is the router's matter.

use std::borrow::Cow;
use std::sync::OnceLock;

use rust_embed::EmbeddedFile;

/// Finds an embedded file by its path.
pub type Find = fn(&str) -> Option<EmbeddedFile>;

/// The program embeds the files and not this library, which cargo thus compiles beside the front end.
static FIND: OnceLock<Find> = OnceLock::new();

/// Tells where the embedded files are; the first call counts.
pub fn embed(find: Find) {
    FIND.get_or_init(|| find);
}

/// One file as a client that accepts the given encodings gets it.
#[derive(Debug, Clone)]
pub struct WebFile {
    pub bytes: Cow<'static, [u8]>,
    pub content_type: &'static str,
    pub encoding: Option<&'static str>,
    /// Quoted, strong, and different for each encoding.
    pub etag: String,
    /// The name carries a hash of the content: a browser may keep it for good.
    pub immutable: bool,
}

/// `path` as in the URL, with or without the leading slash; "" and "/" are index.html.
/// Compressed siblings are not files of their own and cannot be asked for by name.
pub fn get(path: &str, accept_encoding: &str) -> Option<WebFile> {
    let path = match path.trim_start_matches('/') {
        "" => "index.html",
        path => path,
    };
    if path.ends_with(".br") || path.ends_with(".gz") {
        return None;
    }
    let find = FIND.get()?;
    let plain = find(path)?;
    for (encoding, suffix) in [("br", "br"), ("gzip", "gz")] {
        if accepts(accept_encoding, encoding)
            && let Some(file) = find(&format!("{path}.{suffix}"))
        {
            return Some(web_file(path, file, Some(encoding)));
        }
    }
    Some(web_file(path, plain, None))
}

fn web_file(path: &str, file: EmbeddedFile, encoding: Option<&'static str>) -> WebFile {
    let hash = file.metadata.sha256_hash();
    let tag = const_hex::encode(&hash[..16]);
    WebFile {
        bytes: file.data,
        content_type: content_type(path),
        encoding,
        etag: format!("\"{tag}\""),
        immutable: is_hashed(path),
    }
}

fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let refused = parts.any(|p| {
            p.strip_prefix("q=")
                .and_then(|q| q.trim().parse::<f32>().ok())
                .is_some_and(|q| q <= 0.0)
        });
        named && !refused
    })
}

fn is_hashed(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = file.split('.').next().unwrap_or(file);
    stem.rsplit_once('-')
        .is_some_and(|(_, hash)| hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use rust_embed::{EmbeddedFile, Metadata};

    use super::{accepts, embed, get, is_hashed};

    #[test]
    fn index_is_always_there_and_typed() {
        embed(|path| {
            let metadata = Metadata::__rust_embed_new([0; 32], None, None);
            (path == "index.html")
                .then_some(EmbeddedFile { data: Cow::Borrowed(b"<html>"), metadata })
        });
        let root = get("/", "").expect("index.html is embedded");
        assert_eq!(root.content_type, "text/html; charset=utf-8");
        assert_eq!(root.encoding, None);
        assert!(!root.immutable);
        assert_eq!(get("index.html", "").map(|f| f.etag), Some(root.etag));
        assert!(get("/no-such-file.js", "br").is_none());
        assert!(get("/index.html.br", "br").is_none());
    }

    #[test]
    fn accept_encoding_is_read_with_its_weights() {
        assert!(accepts("gzip, deflate, br;q=0.9", "br"));
        assert!(accepts("GZIP", "gzip"));
        assert!(!accepts("br; q=0, gzip", "br"));
        assert!(!accepts("", "gzip"));
        assert!(!accepts("brotli", "br"));
    }

    #[test]
    fn only_a_content_hash_makes_a_name_immutable() {
        assert!(is_hashed("nengce_bg-0123456789abcdef.wasm"));
        assert!(is_hashed("styles/nengce-0123456789abcdef.css"));
        assert!(!is_hashed("nengce-0123.js"));
        assert!(!is_hashed("snippets/leptos-0123456789abcdef/inline0.js"));
        assert!(!is_hashed("index.html"));
    }
}
