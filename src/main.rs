//! `marsai`: the terminal console of a film festival.

use std::process::ExitCode;

fn main() -> ExitCode {
    marsai::modes::main()
}
