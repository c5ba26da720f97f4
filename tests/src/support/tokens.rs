//! Reads the custom properties of `public/styles/tokens.css` per theme. Knows no colour and no meaning.

use std::collections::BTreeMap;

use super::colour::Colour;

/// The colours of one theme by token name without the leading hyphens.
pub type Palette = BTreeMap<String, Colour>;

/// The light and the dark palette. A block belongs to the dark theme when its selector, or an at-rule around it,
/// contains `dark`; what the dark theme does not set comes from the light one, as in the cascade.
pub fn palettes(css: &str) -> (Palette, Palette) {
    let (mut light, mut over) = (BTreeMap::new(), BTreeMap::new());
    for (selector, name, value) in declarations(css) {
        if let Some(name) = name.strip_prefix("--") {
            let theme = if selector.contains("dark") { &mut over } else { &mut light };
            theme.insert(name.to_owned(), value);
        }
    }
    let mut dark = light.clone();
    dark.extend(over);
    (resolved(&light), resolved(&dark))
}

/// Follows `var(--name)` to a colour; what is no colour is left out.
fn resolved(values: &BTreeMap<String, String>) -> Palette {
    let colour = |name: &String| {
        let mut value = values.get(name)?;
        for _ in 0..8 {
            let Some(next) = value.strip_prefix("var(--").and_then(|v| v.strip_suffix(')')) else {
                break;
            };
            value = values.get(next.trim())?;
        }
        Colour::parse(value)
    };
    values.keys().filter_map(|name| Some((name.clone(), colour(name)?))).collect()
}

/// (selectors from the outside in, property, value) of every declaration.
fn declarations(css: &str) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    let mut around: Vec<String> = Vec::new();
    let mut text = String::new();
    for character in without_comments(css).chars() {
        match character {
            '{' => around.push(std::mem::take(&mut text).trim().to_owned()),
            ';' | '}' => {
                if let Some((name, value)) = text.split_once(':') {
                    found.push((around.join(" "), name.trim().to_owned(), value.trim().to_owned()));
                }
                text.clear();
                if character == '}' {
                    around.pop();
                }
            }
            other => text.push(other),
        }
    }
    found
}

fn without_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |mut kept, part| {
        kept.push_str(part.split_once("*/").map_or("", |(_, after)| after));
        kept
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn themes_are_told_apart() {
        let (light, dark) = palettes(
            "/* #000000 */ :root { --ink: #111111; --bg:#FFFFFF }\n\
             @media (prefers-color-scheme: dark) { :root:not([data-theme=light]) { --ink: #EEEEEE; } }\n\
             [data-theme=\"dark\"] { --ink: var(--pale); --pale: #EEEEEE; }",
        );
        assert_eq!(light["ink"], Colour::parse("#111111").expect("a colour"));
        assert_eq!(dark["ink"], Colour::parse("#EEEEEE").expect("a colour"));
        assert_eq!(dark["bg"], light["bg"]);
    }
}
