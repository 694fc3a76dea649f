//! Findings in the forms that people and programs read: terminal text, JSON lines, SARIF, and values for the panel of the preview. The report in HTML is written by `render`.

pub(crate) mod excerpt;
mod json;
mod overlay;
mod sarif;
mod terminal;

pub use json::json_lines;
pub(crate) use overlay::{overlay, place_words};
pub use sarif::sarif;
pub(crate) use terminal::closing_line;
pub use terminal::{Detail, Paint, failure, terminal};

use crate::base::place::FileId;

/// Where the forms look up paths and texts.
pub trait Sources {
    /// Gives the path of a file from the site's root.
    fn path(&self, file: FileId) -> &str;
    /// Gives the text of a file, empty if it was not read as text.
    fn text(&self, file: FileId) -> &str;
}
