//! Turns the tree of a page into the bytes of a page: addresses, HTML or XHTML, and the template around it.

pub(crate) mod html;
pub(crate) mod look;
pub(crate) mod policy;
pub(crate) mod templates;
pub(crate) mod urls;
pub(crate) mod view;
