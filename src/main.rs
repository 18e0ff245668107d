//! `marsai`: the terminal console of a film festival.

use std::process::ExitCode;

/// Gives back to the system what a large festival needed while it was read; the system's own allocator keeps it.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    marsai::modes::main()
}
