//! Makes strong entity tags from the version of the data and the parameters of the request, without reading the answer.

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::http::HeaderMap;
use axum::http::header::IF_NONE_MATCH;

/// The tag of a question over a state. `state` names everything that the answer depends on beside
/// the question: version of the data, dictionaries, day, format, language.
pub fn tag(version: u64, state: &impl Hash, path_and_query: &str) -> String {
    let mut hasher = DefaultHasher::new();
    state.hash(&mut hasher);
    path_and_query.hash(&mut hasher);
    format!("\"{version:x}-{:016x}\"", hasher.finish())
}

/// Whether the client already holds the answer with this tag.
pub fn is_current(headers: &HeaderMap, tag: &str) -> bool {
    let bare = |it: &str| it.trim().trim_start_matches("W/").to_owned();
    headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|it| it.to_str().ok())
        .flat_map(|it| it.split(','))
        .any(|it| it.trim() == "*" || bare(it) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_follow_version_state_and_question() {
        let first = tag(1, &"a", "/x?y=1");
        assert_eq!(first, tag(1, &"a", "/x?y=1"));
        for other in [tag(2, &"a", "/x?y=1"), tag(1, &"b", "/x?y=1"), tag(1, &"a", "/x?y=2")] {
            assert_ne!(first, other);
        }
        let mut headers = HeaderMap::new();
        assert!(!is_current(&headers, &first));
        headers.insert(IF_NONE_MATCH, format!("\"0-0\", W/{first}").parse().expect("a header"));
        assert!(is_current(&headers, &first));
    }
}
