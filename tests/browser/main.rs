//! Tests in a real browser: what readers see, hear, touch and print. `tests/run` installs what they need.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed, and says where"
)]
#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "the addresses of a site are in small letters"
)]

#[allow(dead_code, reason = "these tests need only a part of it")]
#[path = "../support/chance.rs"]
mod chance;
#[allow(dead_code, reason = "these tests need only a part of it")]
#[path = "../support/program.rs"]
mod program;
#[allow(dead_code, reason = "these tests need only a part of it")]
#[path = "../support/queries.rs"]
mod queries;
#[allow(dead_code, reason = "these tests need only a part of it")]
#[path = "../support/serving.rs"]
mod serve;

mod chromium;
mod search_sites;
mod server;
mod sites;
mod tools;

mod axe;
mod budgets;
mod first_screen;
mod floor;
mod forced_colors;
mod keyboard;
mod outline;
mod policy;
mod quiet;
mod reflow;
mod report;
mod script;
mod search;
mod search_engine;
mod serving;
mod shots;
mod targets;
mod tasks;
mod validity;
mod without_script;

use sites::TODAY;
