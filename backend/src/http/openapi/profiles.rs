//! The terminals' part of the API document: a profile's operations at the address where the configuration binds it.

use utoipa::openapi::OpenApi;

use crate::config::profile_bindings::ProfileBinding;

/// Operations of a profile below the prefix of its binding; a province's have its name in their tag and their id.
pub fn bound(mut described: OpenApi, binding: &ProfileBinding) -> OpenApi {
    let name = binding.profile.name;
    let national = name == "national";
    let paths = std::mem::take(&mut described.paths.paths);
    for (path, mut item) in paths {
        for operation in item.post.iter_mut() {
            operation.tags = Some(vec![match national {
                true => "terminal".to_owned(),
                false => format!("terminal: {name}"),
            }]);
            if let (false, Some(id)) = (national, &mut operation.operation_id) {
                *id = format!("{name}_{id}");
            }
        }
        described.paths.paths.insert(format!("{}{path}", binding.prefix), item);
    }
    described
}
