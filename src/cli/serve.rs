//! `serve`: shows the site in a browser while somebody edits it, until the program is stopped.
#![expect(clippy::print_stderr, reason = "this is where the program speaks")]

use crate::build::ReadOptions;
use crate::cli::today::today;
use crate::cli::{Ending, real_path};
use crate::disk::RealDisk;
use crate::finding::Failure;
use crate::load::Starter;
use crate::serve::{Serving, Tell, serve as serve_site};
use std::net::{IpAddr, ToSocketAddrs};
use std::path::Path;
use std::sync::Arc;

/// How the site is served, as the arguments say.
pub(super) struct How {
    pub host: String,
    pub port: Option<u16>,
    pub open: bool,
    pub drafts: bool,
    pub poll: bool,
}

/// Runs the command; it ends only with the process.
pub(super) fn serve(root: &Path, how: &How) -> Result<Ending, Failure> {
    let root = real_path(root);
    let serving = Serving {
        options: ReadOptions {
            root,
            drafts: how.drafts,
            today: today(None)?,
            starter: Starter::Whole,
        },
        name: how
            .host
            .parse::<IpAddr>()
            .is_err()
            .then(|| how.host.clone()),
        host: host(&how.host)?,
        port: how.port,
        opens: how.open,
        polls: how.poll,
        today: Box::new(|| today(None)),
    };
    let tell: Tell = Arc::new(|line| eprintln!("{line}"));
    match serve_site(&RealDisk, &serving, tell)? {}
}

/// Finds the address behind a name of this machine.
fn host(written: &str) -> Result<IpAddr, Failure> {
    if let Ok(address) = written.trim_matches(['[', ']']).parse() {
        return Ok(address);
    }
    let mut found = (written, 0).to_socket_addrs().into_iter().flatten();
    let address = found.next().map(|address| address.ip());
    address.ok_or_else(|| {
        Failure::new(format!("`{written}` is not an address of this machine"))
            .help("leave `--host` out to see the site on this machine only; `--host 0.0.0.0` lets a phone in the same network see it")
    })
}
