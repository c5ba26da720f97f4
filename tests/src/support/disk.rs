//! A small disk of its own: a tmpfs that a test may fill. Needs the right to mount.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

pub struct SmallDisk {
    folder: TempDir,
}

impl SmallDisk {
    #[track_caller]
    pub fn mount(mib: u32) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={mib}m"), "tmpfs"])
            .arg(folder.path())
            .output()
            .expect("mount runs");
        assert!(mounted.status.success(), "{}", String::from_utf8_lossy(&mounted.stderr));
        Self { folder }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn free_bytes(&self) -> u64 {
        let output = Command::new("df")
            .args(["--output=avail", "-B1"])
            .arg(self.path())
            .output()
            .expect("df runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let figure = text.lines().nth(1).map(str::trim);
        figure.and_then(|it| it.parse().ok()).unwrap_or_else(|| panic!("df: {text}"))
    }

    /// Fills the disk until about so many bytes are free.
    pub fn fill_to(&self, free: u64) {
        let mut filler = File::options()
            .create(true)
            .append(true)
            .open(self.path().join("filler"))
            .expect("a filler");
        let block = [7; 64 << 10];
        loop {
            let more = self.free_bytes().saturating_sub(free).min(block.len() as u64);
            if more == 0 || filler.write_all(&block[..more as usize]).is_err() {
                return;
            }
        }
    }

    pub fn make_room(&self) {
        std::fs::remove_file(self.path().join("filler")).expect("the filler goes");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // The file system is detached lazily, since a server may still use it.
        let unmounted = Command::new("umount").arg("-l").arg(self.path()).status();
        if !unmounted.is_ok_and(|it| it.success()) {
            eprintln!("{} stays mounted", self.path().display());
        }
    }
}
