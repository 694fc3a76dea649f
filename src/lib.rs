//! Stepdown turns a folder of Markdown into patient education that can be trusted, found, printed and taken home.
//!
//! ```text
//! Disk ─load→ Snapshot ─parse→ Documents ─resolve→ Site ─check→ Findings
//!                                          ├─page_tree→ Tree ─render─┐
//!                                          │              └─search───┤
//!                                          └─edition (plan)──────────┼→ files ─write→ folder
//! ```
//!
//! - A build is one pass over a snapshot: read everything, compute, write everything.
//! - Between `load` and the containers of editions nothing touches files, clock, environment, network or terminal; today's date is an argument.
//! - `parse` sees one file and cannot fail. A fault in the content is a [`finding::Finding`] with a place and never stops a stage.
//! - `resolve` makes the whole [site](build); the one tree of a page is made from it on demand, so that trees of other pages cost no memory.
//!   Embeds, citations, placeholders and components are ordinary nodes of that tree and keep their places.
//! - Templates frame a page and never make content.
//! - Links stay ids until an address is written. Finished HTML is never searched and replaced.
//! - Equal input gives equal bytes.
//!
//! Modules use what stands left of them:
//! `base ← finding ← disk ← load ← settings ← parse ← model ← check, render, search ← edition, audit ← build ← serve ← cli ← main`.

mod audit;
pub mod base;
pub mod build;
mod check;
pub mod cli;
pub mod disk;
mod edition;
pub mod finding;
pub mod load;
mod model;
mod parse;
mod render;
pub mod search;
mod serve;
pub mod settings;
