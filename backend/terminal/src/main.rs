//! The program `nengce-terminal`: its commands are in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    nengce_terminal::commands::main()
}
