//! File permissions: only the owner may read what the server writes. The process's umask restricts new files; files
//! that an earlier version left readable by others are restricted at start.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Rights of group and others.
const OTHERS_RIGHTS: u32 = 0o077;

/// From now on this process makes folders of mode 0700 and files of mode 0600 at most.
pub fn owner_only() {
    rustix::process::umask(rustix::fs::Mode::from_bits_truncate(OTHERS_RIGHTS));
}

/// Takes the rights of group and others off a folder and all it holds; the number of files and folders that had some.
/// Links are left alone: what they point to is somebody else's.
pub fn tighten(path: &Path) -> std::io::Result<u32> {
    let about = fs::symlink_metadata(path)?;
    if about.is_symlink() {
        return Ok(0);
    }
    let mut changed = 0;
    let mode = about.permissions().mode();
    if mode & OTHERS_RIGHTS != 0 {
        fs::set_permissions(path, fs::Permissions::from_mode(mode & !OTHERS_RIGHTS))?;
        changed += 1;
    }
    if about.is_dir() {
        for entry in fs::read_dir(path)? {
            changed += tighten(&entry?.path())?;
        }
    }
    Ok(changed)
}

/// The same for a data folder at start; says so in the log.
pub fn tighten_data(folder: &Path) {
    match tighten(folder) {
        Ok(0) => {}
        Ok(count) => tracing::warn!(
            folder = %folder.display(), count,
            "files and folders that others could read are now their owner's alone",
        ),
        Err(error) => tracing::warn!(
            folder = %folder.display(), %error,
            "the rights of group and others could not be taken off the data folder",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_could_read_becomes_the_owners_alone_and_links_are_left() {
        let folder = tempfile::tempdir().expect("a folder");
        let set = |path: &Path, mode| {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
        };
        let mode =
            |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
        let (data, outside) = (folder.path().join("data"), folder.path().join("outside"));
        let (inner, file) = (data.join("bulk"), data.join("bulk/body"));
        fs::create_dir_all(&inner).expect("folders");
        fs::write(&file, "a").expect("a file");
        fs::write(&outside, "b").expect("a file");
        std::os::unix::fs::symlink(&outside, data.join("link")).expect("a link");
        for (path, it) in [(&data, 0o755), (&inner, 0o750), (&file, 0o644), (&outside, 0o644)] {
            set(path, it);
        }
        assert_eq!(tighten(&data).expect("it works"), 3);
        assert_eq!((mode(&data), mode(&inner), mode(&file)), (0o700, 0o700, 0o600));
        assert_eq!(mode(&outside), 0o644);
        assert_eq!(tighten(&data).expect("it works"), 0);
    }
}
