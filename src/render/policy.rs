//! The content security policy of a page (CSP level 3), written into the page itself so that it holds in every copy.
//!
//! A page may load styles, scripts and pictures from its own site and nothing else. What stands in the page itself runs only if its
//! hash is named here. Files of the site are allowed as `'self'`, since browsers refuse to check hashes of files on `file://`.

use crate::base::digest::Digest;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Gives the policy of a page that holds one script and loads the files of its site.
pub(crate) fn of_page(script: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' {}; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'",
        hash(script)
    )
}

/// Gives the policy of a page that holds its style and loads nothing.
pub(crate) fn of_lone_page(style: &str) -> String {
    format!(
        "default-src 'none'; style-src {}; base-uri 'none'; form-action 'none'",
        hash(style)
    )
}

/// Gives the policy of a page that loads only styles and pictures of its site.
pub(crate) const WITHOUT_SCRIPT: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

fn hash(text: &str) -> String {
    format!(
        "'sha256-{}'",
        STANDARD.encode(Digest::of(text.as_bytes()).bytes())
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_written_as_browsers_compute_it() {
        // The value of the specification's own example, "alert('Hello, world.');".
        assert_eq!(
            hash("alert('Hello, world.');"),
            "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
        );
    }
}
