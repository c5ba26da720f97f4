//! Finds approved units whose names equal a name or can be confused with it. Operators are told; nothing is refused.

use std::collections::HashMap;

use nengce_messages::names::{Folded, fold};
use nengce_shared::api::unit_change::NameConflict;

use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::Store;

/// Conflicts that are named of one unit.
const MOST_NAMED: usize = 10;

/// The names of all approved units, in the forms in which names are compared.
pub struct Names {
    by_skeleton: HashMap<String, Vec<(Folded, String, String)>>,
}

impl Names {
    /// Folds the names of the registry off the runtime's threads.
    pub async fn of(state: &AppState) -> ApiResult<Self> {
        let store = state.store.clone();
        let fold_all = move || Self::read(&store);
        tokio::task::spawn_blocking(fold_all).await.map_err(ApiError::internal)
    }

    /// What has its code for a name has none.
    fn read(store: &Store) -> Self {
        let registry = store.registry();
        let named = registry
            .units()
            .filter(|it| it.approved && it.name != it.enterprise_code)
            .map(|it| (it.name.clone(), it.enterprise_code.clone()));
        let named: Vec<_> = named.collect();
        drop(registry);
        let mut by_skeleton: HashMap<String, Vec<_>> = HashMap::new();
        for (name, code) in named {
            let folded = fold(&name);
            by_skeleton.entry(folded.skeleton().to_owned()).or_default().push((folded, code, name));
        }
        Self { by_skeleton }
    }

    /// Other units than `code` whose name is `name` or looks like it, by code.
    pub fn conflicts(&self, code: &str, name: &str) -> Vec<NameConflict> {
        let folded = fold(name);
        let alike = self.by_skeleton.get(folded.skeleton());
        let mut found: Vec<_> = alike
            .into_iter()
            .flatten()
            .filter(|it| it.1 != code)
            .filter_map(|(other, code, name)| {
                Some(NameConflict {
                    enterprise_code: code.clone(),
                    name: name.clone(),
                    kind: folded.likeness(other)?.as_str().to_owned(),
                })
            })
            .collect();
        found.sort_by(|a, b| a.enterprise_code.cmp(&b.enterprise_code));
        found.truncate(MOST_NAMED);
        found
    }
}
