//! The integration tests: small sites in memory, whole sites on the disk, and the program itself.
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

mod support;

#[path = "site/advice.rs"]
mod advice;
#[path = "site/anywhere.rs"]
mod anywhere;
#[path = "site/bad_input.rs"]
mod bad_input;
#[path = "site/data.rs"]
mod data;
#[path = "site/dont_lists.rs"]
mod dont_lists;
#[path = "site/embed_options.rs"]
mod embed_options;
#[path = "site/equal.rs"]
mod equal;
#[path = "site/faults.rs"]
mod faults;
#[path = "site/first_page.rs"]
mod first_page;
#[path = "site/folders.rs"]
mod folders;
#[path = "site/golden.rs"]
mod golden;
#[path = "site/interface_texts.rs"]
mod interface_texts;
#[path = "site/kept_whole.rs"]
mod kept_whole;
#[path = "site/killed.rs"]
mod killed;
#[path = "site/labels.rs"]
mod labels;
#[path = "site/leftover_markup.rs"]
mod leftover_markup;
#[path = "site/look.rs"]
mod look;
#[path = "site/numbers.rs"]
mod numbers;
#[path = "site/program.rs"]
mod program;
#[path = "site/promises.rs"]
mod promises;
#[path = "site/publishing.rs"]
mod publishing;
#[path = "site/right_to_left.rs"]
mod right_to_left;
#[path = "site/search.rs"]
mod search;
#[path = "site/sentences.rs"]
mod sentences;
#[path = "site/sentences_spanish.rs"]
mod sentences_spanish;
#[path = "site/serving.rs"]
mod serving;
#[path = "site/serving_limits.rs"]
mod serving_limits;
#[path = "site/silent_faults.rs"]
mod silent_faults;
#[path = "site/theme.rs"]
mod theme;
