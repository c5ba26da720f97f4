//! Hands bytes to the browser as a download. Nothing is built here.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Offers `bytes` under `name`; says so in the console when the browser refuses.
pub fn download(name: &str, media_type: &str, bytes: &[u8]) {
    if offer(name, media_type, bytes).is_err() {
        leptos::logging::error!("the browser did not take the file {name}");
    }
}

/// Offers a `data:` or page address as a download.
pub fn download_address(name: &str, address: &str) -> Result<(), JsValue> {
    let link: HtmlAnchorElement = document().create_element("a")?.dyn_into()?;
    link.set_href(address);
    link.set_download(name);
    link.click();
    Ok(())
}

fn offer(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    download_address(name, &address)?;
    Url::revoke_object_url(&address)
}

/// Letters of a file's name before its extension.
const NAME_LENGTH: usize = 120;

/// Words as a file name: letters, digits and Chinese, everything else as one `_`.
pub fn file_name(words: &str, extension: &str) -> String {
    let mut stem = String::new();
    for c in words.chars().take(NAME_LENGTH) {
        match c {
            '–' | '-' => stem.push('-'),
            c if c.is_ascii_alphanumeric() || ('\u{4e00}'..='\u{9fff}').contains(&c) => {
                stem.push(c)
            }
            _ if stem.ends_with('_') => {}
            _ => stem.push('_'),
        }
    }
    format!("{}.{extension}", stem.trim_matches('_'))
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_name_holds_words_and_periods_without_signs() {
        let words = "能耗双控 · 各区 · 天津市 · 当量 · 2025年1–9月";
        assert_eq!(file_name(words, "xlsx"), "能耗双控_各区_天津市_当量_2025年1-9月.xlsx");
        assert_eq!(file_name("a/b: \"c\"", "csv"), "a_b_c.csv");
    }
}
