//! Turns the tree of a page into the bytes of a page: addresses, HTML or XHTML, and the template around it. Writes the report of findings.

pub(crate) mod explanation;
pub(crate) mod html;
pub(crate) mod look;
pub(crate) mod policy;
pub(crate) mod report;
pub(crate) mod templates;
pub(crate) mod urls;
pub(crate) mod view;
