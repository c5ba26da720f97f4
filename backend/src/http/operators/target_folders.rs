//! Where backups and Parquet files may be written: below the configured folders, also after links and `..` are
//! followed. A command of this machine's owner, who could write anywhere anyway, may name any folder.

use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use nengce_shared::problem::ProblemCode;

use crate::http::access::reader::Reader;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::store::StoreError;

/// The folders of a kind: as configured, or `name` of the data folder.
pub(super) fn allowed(configured: &[PathBuf], data: &Path, name: &str) -> Vec<PathBuf> {
    if configured.is_empty() {
        return vec![data.join(name)];
    }
    configured.to_vec()
}

/// The folder that `asked` means. Relative: below the first allowed one.
pub(super) fn resolve(asked: &str, allowed: &[PathBuf], reader: &Reader) -> ApiResult<PathBuf> {
    let path = Path::new(asked);
    if asked.is_empty() || asked.contains('\0') {
        return Err(ApiError::parameter("folder", "不是文件夹名 / is not the name of a folder"));
    }
    if reader.is_local() && path.is_absolute() {
        return Ok(path.to_owned());
    }
    if path.components().any(|it| it == Component::ParentDir) {
        return Err(refused(asked, allowed));
    }
    for base in allowed {
        let base = std::path::absolute(base).map_err(ApiError::internal)?;
        std::fs::create_dir_all(&base).map_err(|error| unusable(&base, &error.to_string()))?;
        let base = base.canonicalize().map_err(|error| unusable(&base, &error.to_string()))?;
        let target = real(&base.join(path)).map_err(|error| unusable(path, &error.to_string()))?;
        if target.starts_with(&base) && target != base {
            return Ok(target);
        }
    }
    Err(refused(asked, allowed))
}

/// A path with the links of the part that exists followed.
fn real(path: &Path) -> std::io::Result<PathBuf> {
    let mut missing = Vec::new();
    let mut there = path;
    loop {
        match there.canonicalize() {
            Ok(found) => return Ok(missing.iter().rev().fold(found, |all, it| all.join(it))),
            // A link that leads nowhere is no place to write to.
            Err(error) if error.kind() == ErrorKind::NotFound && !there.is_symlink() => {
                let (Some(parent), Some(name)) = (there.parent(), there.file_name()) else {
                    return Err(error);
                };
                missing.push(name.to_owned());
                there = parent;
            }
            Err(error) => return Err(error),
        }
    }
}

fn refused(asked: &str, allowed: &[PathBuf]) -> ApiError {
    let shown: String = asked.chars().take(100).collect();
    let allowed: Vec<String> = allowed.iter().map(|it| it.display().to_string()).collect();
    let allowed = allowed.join(", ");
    ApiError::at_parameter(
        ProblemCode::FolderNotAllowed,
        "folder",
        format!("{shown} 不在允许的文件夹之下 / is not below an allowed folder: {allowed}"),
    )
}

fn unusable(folder: &Path, why: &str) -> ApiError {
    ApiError::at_parameter(
        ProblemCode::FolderUnusable,
        "folder",
        format!("{} 无法写入 / cannot be written: {why}", folder.display()),
    )
}

/// What went wrong in a folder that was asked for is told with its reason.
pub(super) fn told(error: StoreError, folder: &Path) -> ApiError {
    match error {
        StoreError::Folder(error) if error.kind() == ErrorKind::StorageFull => {
            StoreError::Full(error.to_string()).into()
        }
        StoreError::Folder(error) => unusable(folder, &error.to_string()),
        error if error.is_full() => StoreError::Full(error.to_string()).into(),
        StoreError::Database(error) if error.to_string().contains("IO Error") => {
            unusable(folder, &error.to_string())
        }
        other => other.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(of: ApiResult<PathBuf>) -> ProblemCode {
        of.expect_err("it is refused").0.code
    }

    #[test]
    fn only_what_lies_below_an_allowed_folder_is_taken() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("it is there");
        let backups = root.join("data/backups");
        let allowed = allowed(&[], &root.join("data"), "backups");
        assert_eq!(allowed, std::slice::from_ref(&backups));
        let remote = Reader::whole_city("administrator", true);
        let asked = |text: &str| resolve(text, &allowed, &remote);
        assert_eq!(asked("monday").expect("it is below"), backups.join("monday"));
        let absolute = backups.join("a/b");
        assert_eq!(asked(absolute.to_str().expect("UTF-8")).expect("it is below"), absolute);
        std::os::unix::fs::symlink(&root, backups.join("out")).expect("a link");
        std::os::unix::fs::symlink(root.join("nowhere"), backups.join("gone")).expect("a link");
        let elsewhere = root.join("elsewhere").display().to_string();
        let inner = format!("{}/../../elsewhere", backups.display());
        for text in ["../x", "a/../../x", "out/x", ".", &elsewhere, &inner, "/etc"] {
            assert_eq!(code(asked(text)), ProblemCode::FolderNotAllowed, "{text}");
        }
        assert_eq!(code(asked("gone")), ProblemCode::FolderUnusable);
        assert_eq!(code(asked("")), ProblemCode::ParameterInvalid);
        let local = Reader::local_command();
        assert!(resolve(&elsewhere, &allowed, &local).is_ok());
        assert_eq!(code(resolve("../x", &allowed, &local)), ProblemCode::FolderNotAllowed);
    }
}
