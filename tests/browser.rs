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
#[path = "support/chance.rs"]
mod chance;
#[allow(dead_code, reason = "these tests need only a part of it")]
#[path = "support/program.rs"]
mod program;
#[allow(dead_code, reason = "these tests need only a part of it")]
#[path = "support/queries.rs"]
mod queries;
#[allow(dead_code, reason = "these tests need only a part of it")]
#[path = "support/serving.rs"]
mod serve;

#[path = "browser/chromium.rs"]
mod chromium;
#[path = "browser/search_sites.rs"]
mod search_sites;
#[path = "browser/server.rs"]
mod server;
#[path = "browser/sites.rs"]
mod sites;
#[path = "browser/tools.rs"]
mod tools;

#[path = "browser/axe.rs"]
mod axe;
#[path = "browser/budgets.rs"]
mod budgets;
#[path = "browser/first_screen.rs"]
mod first_screen;
#[path = "browser/forced_colors.rs"]
mod forced_colors;
#[path = "browser/keyboard.rs"]
mod keyboard;
#[path = "browser/policy.rs"]
mod policy;
#[path = "browser/quiet.rs"]
mod quiet;
#[path = "browser/reflow.rs"]
mod reflow;
#[path = "browser/script.rs"]
mod script;
#[path = "browser/search.rs"]
mod search;
#[path = "browser/search_engine.rs"]
mod search_engine;
#[path = "browser/serving.rs"]
mod serving;
#[path = "browser/shots.rs"]
mod shots;
#[path = "browser/targets.rs"]
mod targets;
#[path = "browser/tasks.rs"]
mod tasks;
#[path = "browser/validity.rs"]
mod validity;
#[path = "browser/without_script.rs"]
mod without_script;

use sites::TODAY;
