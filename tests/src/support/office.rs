//! Files as LibreOffice opens them: it turns them into PDF, and the text of the pages is read.

use std::path::Path;
use std::process::Command;

/// The text of the PDF that LibreOffice makes of a file; it is kept in the folder `office` below `scratch`, to be looked at.
pub fn printed(scratch: &str, name: &str, bytes: &[u8]) -> String {
    let folder = Path::new(scratch).join("office");
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join(name);
    std::fs::write(&file, bytes).expect("the file is written");
    let pdf = file.with_extension(format!("{}.pdf", name.rsplit('.').next().unwrap_or_default()));
    let made = file.with_extension("pdf");
    for old in [&pdf, &made] {
        if old.exists() {
            std::fs::remove_file(old).expect("an old one is removed");
        }
    }
    // Two runs at a time do not share a profile.
    let profile = folder.join(format!("profile-{name}"));
    let profile = format!("-env:UserInstallation=file://{}", profile.display());
    let run = Command::new("soffice")
        .args([profile.as_str(), "--headless", "--norestore", "--convert-to", "pdf", "--outdir"])
        .arg(&folder)
        .arg(&file)
        .output()
        .expect("LibreOffice runs");
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success() && made.is_file(), "LibreOffice cannot open {name}: {said}");
    std::fs::rename(&made, &pdf).expect("the PDF is renamed");
    let text = Command::new("pdftotext").arg("-layout").arg(&pdf).arg("-").output();
    let text = String::from_utf8(text.expect("pdftotext runs").stdout).expect("UTF-8");
    // A line of Chinese may break anywhere.
    text.chars().filter(|it| !it.is_whitespace()).collect()
}
