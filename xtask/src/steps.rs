//! Progress lines with times, and running a program so that a failure says which one.
use std::ffi::OsStr;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::paths;

/// The seconds of each step so far.
static TIMES: Mutex<Vec<(String, f64)>> = Mutex::new(Vec::new());

/// A table of all steps so far with their times.
pub fn print_times() {
    let times = TIMES.lock().unwrap_or_else(PoisonError::into_inner);
    println!("==> Times");
    for (name, seconds) in times.iter() {
        println!("    {seconds:7.1} s  {name}");
    }
    println!("    {:7.1} s  in all", times.iter().map(|it| it.1).sum::<f64>());
}

/// Announces a step, runs it, and prints its time and result.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<(T, String)>) -> Result<T> {
    println!("==> {name}");
    let start = Instant::now();
    let done = work().with_context(|| format!("step failed: {name}"));
    let seconds = start.elapsed().as_secs_f64();
    TIMES.lock().unwrap_or_else(PoisonError::into_inner).push((name.to_owned(), seconds));
    let (value, note) = done?;
    println!("    {note} ({seconds:.1} s)");
    Ok(value)
}

/// A program run in the workspace's root, its output shown as it comes.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(paths::root());
    command
}

/// The cargo that started us.
pub fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

pub fn succeed(command: &mut Command) -> Result<()> {
    let shown = show(command);
    let status = command.status().with_context(|| format!("cannot start {shown}"))?;
    if !status.success() {
        bail!("{shown}: {status}");
    }
    Ok(())
}

/// Runs programs beside each other. The output of the first is shown as it comes, that of each other one at its end.
pub fn beside(commands: Vec<Command>) -> Result<()> {
    let mut commands = commands.into_iter();
    let Some(mut first) = commands.next() else { return Ok(()) };
    let others: Vec<Quiet> =
        commands.enumerate().map(|(at, it)| Quiet::start(at, it)).collect::<Result<_>>()?;
    let mut failures: Vec<String> = succeed(&mut first).err().map(text).into_iter().collect();
    failures.extend(others.into_iter().filter_map(|it| it.finish().err()).map(text));
    if !failures.is_empty() {
        bail!("{}", failures.join("\n  "));
    }
    Ok(())
}

fn text(error: anyhow::Error) -> String {
    format!("{error:#}")
}

/// A program that writes to a file while another one has the screen.
struct Quiet {
    shown: String,
    output: PathBuf,
    end: JoinHandle<std::io::Result<(ExitStatus, f64)>>,
}

impl Quiet {
    fn start(at: usize, mut command: Command) -> Result<Self> {
        let output = paths::root().join(format!("target/beside-{at}.log"));
        File::create(&output).context(output.display().to_string())?;
        let open = || File::options().append(true).open(&output);
        command.stdout(open()?).stderr(open()?);
        let (shown, start) = (show(&command), Instant::now());
        let mut child = command.spawn().with_context(|| format!("cannot start {shown}"))?;
        let end = thread::spawn(move || Ok((child.wait()?, start.elapsed().as_secs_f64())));
        Ok(Self { shown, output, end })
    }

    fn finish(self) -> Result<()> {
        let Ok(ended) = self.end.join() else { bail!("nobody waited for {}", self.shown) };
        let (status, seconds) = ended?;
        std::io::copy(&mut File::open(&self.output)?, &mut std::io::stdout())?;
        println!("    {}: {seconds:.0} s", self.shown);
        if !status.success() {
            bail!("{}: {status}", self.shown);
        }
        Ok(())
    }
}

/// As `succeed`, with standard output handed back instead of shown.
pub fn output(command: &mut Command) -> Result<String> {
    let shown = show(command);
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {shown}"))?;
    if !output.status.success() {
        bail!("{shown}: {}", output.status);
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("{shown} printed something that is not UTF-8"))
}

/// The first of these programs that the PATH offers.
pub fn which(names: &[&str]) -> Option<std::path::PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<_> = std::env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|candidate| candidate.is_file())
}

pub fn size(path: &Path) -> Result<u64> {
    Ok(std::fs::metadata(path).with_context(|| format!("cannot look at {}", path.display()))?.len())
}

fn show(command: &Command) -> String {
    let mut shown = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        shown.push(' ');
        shown.push_str(&argument.to_string_lossy());
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{beside, command};

    fn shell(script: &str) -> std::process::Command {
        let mut command = command("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn every_one_of_the_programs_runs_and_every_failure_is_told() {
        let folder = std::env::temp_dir().join(format!("nengce-beside-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let touch = |name: &str, code: u8| {
            shell(&format!("touch {}/{name}; echo {name}; exit {code}", folder.display()))
        };
        beside(vec![touch("a", 0), touch("b", 0)]).unwrap();
        let told = beside(vec![touch("c", 3), touch("d", 4), touch("e", 0)]).unwrap_err();
        let told = told.to_string();
        assert!(told.contains("exit status: 3") && told.contains("exit status: 4"), "{told}");
        let ran = std::fs::read_dir(&folder).unwrap().count();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(ran, 5);
    }
}
