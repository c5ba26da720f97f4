//! Names, index.html and stamp of the web files. No compiler is started here.
use std::path::Path;

use nengce_bundler::bind::Bound;
use nengce_bundler::files::{Files, remove_folder};
use nengce_bundler::layout::{MODULES, PLACEHOLDER, hashed_name, lay_out, referenced};
use nengce_bundler::{compress, script, stamp};

fn bound() -> Bound {
    Bound {
        script: b"import * as a from './nengce_pages.js'; imports['./nengce_pages.js'] = a;"
            .to_vec(),
        wasm: b"\0asm".to_vec(),
        link: b"import { initSync } from \"./nengce.js\"; new URL(\"./split_units.wasm\", x)"
            .to_vec(),
        pages: [("split_units.wasm".to_owned(), b"\0asm1".to_vec())].into(),
        needs: [("units".to_owned(), vec!["split_units.wasm".to_owned()])].into(),
        snippets: vec![("snippets/x/inline0.js".to_owned(), b"1".to_vec())],
    }
}

fn public(index: &str) -> Files {
    [
        ("index.html", index),
        ("styles/nengce.css", "body{}"),
        ("favicon.svg", "<svg/>"),
        ("fonts/a.woff2", "font"),
    ]
    .map(|(path, content)| (path.to_owned(), content.as_bytes().to_vec()))
    .into()
}

const INDEX: &str = "<link rel=\"stylesheet\" href=\"/styles/nengce.css\">\n\
    <link rel=\"icon\" href=\"/favicon.svg\"><a href=\"/dual-control\">x</a>\n<!-- nengce:script -->";

#[test]
fn a_hashed_name_keeps_folder_stem_and_extension_and_follows_the_content() {
    assert_eq!(hashed_name("styles/nengce.css", b"abc"), "styles/nengce-ba7816bf8f01cfea.css");
    assert_eq!(hashed_name("nengce_bg.wasm", b"abc"), "nengce_bg-ba7816bf8f01cfea.wasm");
    assert_ne!(hashed_name("a.js", b"1"), hashed_name("a.js", b"2"));
}

#[test]
fn a_script_names_its_imports_by_number_and_loses_comments_and_indentation() {
    let written = "/**\n * @returns {any}\n */\nconst imports = {\n    __wbg_b_1: function() {\n        \
        // says why\n        return { a: 1 };\n    },\n    __wbg_a_2: own,\n};\n";
    let imports = ["__wbg_a_2", "__wbg_b_1"].map(str::to_owned);
    let small = "const imports = {\n1: function() {\nreturn { a: 1 };\n},\n0: own,\n};\n";
    assert_eq!(script::small(written, &imports), small);
}

#[test]
fn index_points_at_hashed_files_that_exist() {
    let laid = lay_out(public(INDEX), bound()).expect("lays out");
    let index = String::from_utf8(laid["index.html"].clone()).expect("UTF-8");
    assert!(!index.contains(PLACEHOLDER));
    assert!(index.contains("href=\"/dual-control\""), "a link to a page stays: {index}");
    let named = referenced(&index);
    assert_eq!(named.len(), 5, "css, icon, script, wasm, start: {named:?}");
    for path in named {
        assert!(laid.contains_key(&path), "{path} is named but not there");
    }
    assert!(!laid.contains_key("styles/nengce.css"), "the unhashed name is gone");
    assert!(laid.contains_key("fonts/a.woff2") && laid.contains_key("snippets/x/inline0.js"));
    let start = laid.iter().find(|(path, _)| path.starts_with("start-")).expect("start script").1;
    let start = String::from_utf8_lossy(start);
    let laid_as = |stem: &str| {
        let mut found = laid.iter().filter(|(path, _)| path.starts_with(stem));
        let (path, content) = found.next().expect("a file of the program");
        (path.as_str(), String::from_utf8_lossy(content).into_owned())
    };
    let (script, calls) = laid_as("nengce-");
    let (link, fetches) = laid_as("nengce_pages-");
    let (wasm, _) = laid_as("nengce_bg-");
    let (page, _) = laid_as("split_units-");
    for path in [script, wasm] {
        assert!(start.contains(&format!("\"/{path}\"")), "{path} in {start}");
    }
    // The files that an address needs are loaded early; files refer to each other by the names that they have here.
    assert!(start.contains(&format!("\"uploads\":[\"{page}\"]")), "{start}");
    let first_name = "imports['./nengce_pages.js']";
    assert!(calls.contains(&format!("from './{link}'")) && calls.contains(first_name));
    assert!(fetches.contains(&format!("from \"./{script}\"")));
    assert!(fetches.contains(&format!("\"./{page}\"")), "{fetches}");
}

/// A page in another module would only start later, which no other test would notice.
#[test]
fn the_start_knows_the_module_of_every_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../frontend/src");
    let read = |path: &str| std::fs::read_to_string(root.join(path)).expect("a source");
    let (app, lazy) = (read("app.rs"), read("pages/lazy.rs"));
    let routed = app.split("path!(\"/").skip(1).filter_map(|rest| {
        let segment = rest.split(['"', '/']).next()?;
        let page = rest.split("lazy::").nth(1)?.split('(').next()?;
        let same_route = rest.find("/>")? > rest.find("lazy::")?;
        same_route.then_some((segment, page))
    });
    let routed: Vec<_> = routed.collect();
    assert!(routed.len() >= 9, "{routed:?}");
    for (segment, page) in routed {
        let module = MODULES.iter().find(|it| it.0 == segment).map(|it| it.1);
        let module = module.unwrap_or_else(|| panic!("no module is known for /{segment}"));
        let line = lazy.lines().find(|it| it.contains(&format!("{page} => ")));
        let held = line.is_some_and(|it| it.trim_start().starts_with(&format!("{module}:")));
        assert!(held, "/{segment} is not in {module}");
    }
}

#[test]
fn a_broken_index_is_an_error_that_says_what() {
    let says = |index: &str| lay_out(public(index), bound()).expect_err("refused").to_string();
    assert!(says("<p>").contains(PLACEHOLDER));
    assert!(says(&format!("{PLACEHOLDER}{PLACEHOLDER}")).contains("exactly once"));
    assert!(
        says("<link href=\"/styles/other.css\"><!-- nengce:script -->")
            .contains("/styles/other.css")
    );
    assert!(lay_out(Files::new(), bound()).is_err());
}

#[test]
fn the_stamp_changes_with_every_input_and_only_then() {
    let files = public(INDEX);
    let base = stamp::of(b"wasm", &files);
    assert_eq!(base, stamp::of(b"wasm", &files.clone()));
    let mut edited = files.clone();
    edited.insert("styles/nengce.css".to_owned(), b"body{ }".to_vec());
    let mut renamed = files.clone();
    let css = renamed.remove("styles/nengce.css").expect("there");
    renamed.insert("styles/nengce2.css".to_owned(), css);
    let others =
        [stamp::of(b"wasn", &files), stamp::of(b"wasm", &edited), stamp::of(b"wasm", &renamed)];
    assert!(others.iter().all(|other| *other != base));
}

#[test]
fn compressed_siblings_are_smaller_or_absent_and_unpack_to_the_same() {
    let folder = std::env::temp_dir().join(format!("nengce-bundler-{}", std::process::id()));
    let text = "能耗监测 ".repeat(200).into_bytes();
    let files: Files =
        [("a.js".to_owned(), text.clone()), ("b.css".to_owned(), b"x".to_vec())].into();
    compress::write_all(&files, &folder).expect("writes");
    let packed = std::fs::read(folder.join("a.js.br")).expect("a.js.br");
    let zipped = std::fs::read(folder.join("a.js.gz")).expect("a.js.gz");
    let tiny = folder.join("b.css.br").exists() || folder.join("b.css.gz").exists();
    remove_folder(&folder).expect("cleans up");
    let mut unpacked = Vec::new();
    brotli::BrotliDecompress(&mut &packed[..], &mut unpacked).expect("brotli");
    assert_eq!(unpacked, text);
    unpacked.clear();
    std::io::copy(&mut flate2::read::GzDecoder::new(&zipped[..]), &mut unpacked).expect("gzip");
    assert_eq!(unpacked, text);
    assert!(packed.len() < text.len() && zipped.len() < text.len());
    assert!(!tiny, "one byte does not get smaller");
}

#[test]
fn a_stamp_holds_for_its_folder_and_its_optimizer() {
    let folder = std::env::temp_dir().join(format!("nengce-bundler-stamp-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("stamp");
    let holds = |stamp, optimizer| stamp::holds(&file, stamp, optimizer, &folder);
    let keep = |optimizer| stamp::keep(&file, "a", optimizer, &folder).expect("kept");
    let nothing = holds("a", None);
    std::fs::write(folder.join("index.html"), "built").expect("writes");
    keep(None);
    let as_compiled = [holds("a", None), holds("b", None), holds("a", Some("1"))];
    keep(Some("1"));
    let optimized = [holds("a", None), holds("a", Some("1")), holds("a", Some("2"))];
    std::fs::write(folder.join("index.html"), "not built").expect("writes");
    let replaced = holds("a", None);
    remove_folder(&folder).expect("cleans up");
    assert_eq!((nothing, replaced), (false, false));
    assert_eq!(as_compiled, [true, false, false]);
    assert_eq!(optimized, [true, true, false], "what was optimised is as good");
}
