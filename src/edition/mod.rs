//! Editions: the forms in which a site is handed out. Each plans its files from the same site and the same resolver.

pub(crate) mod web;
pub(crate) mod zip;
