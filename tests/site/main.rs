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

#[path = "../support/mod.rs"]
mod support;

mod advice;
mod anywhere;
mod bad_input;
mod care_cards;
mod changes;
mod data;
mod dont_lists;
mod editions;
mod embed_options;
mod equal;
mod faults;
mod first_page;
mod folders;
mod golden;
mod house;
mod interface_texts;
mod kept_whole;
mod killed;
mod labels;
mod leftover_markup;
mod look;
mod mistakes;
mod numbers;
mod on_the_page;
mod program;
mod promises;
mod publishing;
mod renames;
mod report;
mod right_to_left;
mod rules;
mod search;
mod sentences;
mod sentences_spanish;
mod serving;
mod serving_limits;
mod silent_faults;
mod site_name;
mod theme;
