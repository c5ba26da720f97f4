//! The password of the page: kept as its Argon2 hash in the folder of the store.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use argon2::password_hash::PasswordHasher;
use argon2::{Algorithm, Argon2, Params, PasswordVerifier, Version};
use rand::Rng;

/// The fewest characters of a password.
pub(crate) const LEAST_CHARACTERS: usize = 8;
/// Small, so that a sign-in does not take a gateway beyond its memory.
const MEMORY_KIB: u32 = 8192;
const PASSES: u32 = 4;

fn file(folder: &Path) -> PathBuf {
    folder.join("password")
}

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|it| anyhow::anyhow!("{it}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Whether there is a password.
pub(crate) fn is_set(folder: &Path) -> bool {
    file(folder).exists()
}

/// Sets the password.
pub(crate) fn set(folder: &Path, password: &str) -> Result<()> {
    ensure!(
        password.chars().count() >= LEAST_CHARACTERS,
        "password_short: 密码至少 {LEAST_CHARACTERS} 个字符。A password has at least {LEAST_CHARACTERS} characters."
    );
    let mut salt = [0; 16];
    rand::rng().fill_bytes(&mut salt);
    let hash = argon2()?
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|it| anyhow::anyhow!("{it}"))?;
    let (path, new) = (file(folder), folder.join("password.new"));
    std::fs::create_dir_all(folder)?;
    std::fs::write(&new, hash.to_string()).with_context(|| new.display().to_string())?;
    private(&new)?;
    std::fs::rename(&new, &path).with_context(|| path.display().to_string())
}

#[cfg(unix)]
fn private(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?)
}

#[cfg(not(unix))]
fn private(_path: &Path) -> Result<()> {
    Ok(())
}

/// Whether a password is the right one.
pub(crate) fn is_right(folder: &Path, password: &str) -> bool {
    let (Ok(hash), Ok(argon2)) = (std::fs::read_to_string(file(folder)), argon2()) else {
        return false;
    };
    argon2.verify_password(password.as_bytes(), hash.trim()).is_ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_the_right_one_is_right() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        assert!(!super::is_set(at) && !super::is_right(at, ""));
        assert!(super::set(at, "short").is_err());
        super::set(at, "long enough").expect("set");
        assert!(super::is_right(at, "long enough") && !super::is_right(at, "long enougH"));
    }
}
