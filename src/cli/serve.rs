//! `serve`: shows the site in a browser while somebody edits it, until the program is stopped.
#![expect(clippy::print_stderr, reason = "this is where the program speaks")]

use crate::build::ReadOptions;
use crate::cli::today::today;
use crate::cli::{Ending, args, real_path};
use crate::disk::RealDisk;
use crate::finding::Failure;
use crate::load::Starter;
use crate::serve::{Serving, Tell, serve as serve_site};
use std::net::{IpAddr, ToSocketAddrs};
use std::path::Path;
use std::sync::Arc;

/// Runs the command; it ends only with the process.
pub(super) fn serve(root: &Path, args: &args::Serve) -> Result<Ending, Failure> {
    let root = real_path(root);
    let serving = Serving {
        options: ReadOptions {
            root,
            drafts: args.drafts,
            today: today(None)?,
            starter: Starter::Whole,
        },
        name: args
            .host
            .parse::<IpAddr>()
            .is_err()
            .then(|| args.host.clone()),
        host: host(&args.host)?,
        port: args.port,
        opens: args.open,
        polls: args.poll,
        today: Box::new(|| today(None)),
    };
    let tell: Tell = Arc::new(|line| eprintln!("{line}"));
    match serve_site(&RealDisk, &serving, tell)? {}
}

/// What helps where the host is unknown.
const WHICH_HOSTS: &str = "leave `--host` out to see the site on this machine only; \
    `--host 0.0.0.0` lets a phone in the same network see it";

/// Finds the address behind a name of this machine.
fn host(written: &str) -> Result<IpAddr, Failure> {
    if let Ok(address) = written.trim_matches(['[', ']']).parse() {
        return Ok(address);
    }
    let mut found = (written, 0).to_socket_addrs().into_iter().flatten();
    let address = found.next().map(|address| address.ip());
    address.ok_or_else(|| {
        Failure::new(format!("`{written}` is not an address of this machine")).help(WHICH_HOSTS)
    })
}
