//! Small values that every stage shares: ids, places, paths, digests, dates, languages and value trees.
//!
//! Nothing here knows what a page is, and nothing here touches files, the clock or the network.

pub(crate) mod address;
pub(crate) mod collation;
pub(crate) mod color;
#[cfg(test)]
pub(crate) mod cost;
pub(crate) mod country;
pub mod date;
pub(crate) mod dialing;
pub(crate) mod digest;
pub(crate) mod direction;
pub(crate) mod html;
pub(crate) mod language;
pub(crate) mod nearest;
pub(crate) mod origin;
pub mod path;
pub(crate) mod phone;
pub mod place;
pub(crate) mod schema;
pub(crate) mod slug;
pub(crate) mod texts;
pub(crate) mod tokens;
pub(crate) mod toml;
pub(crate) mod value;
pub(crate) mod words;
pub(crate) mod yaml;
