//! Languages: their codes (BCP 47) and the direction in which they are written.

use std::fmt;

/// A language of a site, such as `en`, `es` or `pt-BR`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Language(Box<str>);

/// Scripts that run from right to left, by the languages of this world that use them by default (CLDR likely subtags).
const RIGHT_TO_LEFT: [&str; 12] = [
    "ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi",
];

impl Language {
    /// Takes a BCP 47 code of letters, digits and hyphens whose first part has two or three letters.
    pub(crate) fn new(code: &str) -> Option<Self> {
        let mut parts = code.split('-');
        let first = parts.next()?;
        let is_language =
            (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_lowercase());
        let rest_is_plain = parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        (is_language && rest_is_plain).then(|| Self(code.into()))
    }

    /// Gives the code as written in `lang`.
    pub(crate) fn code(&self) -> &str {
        &self.0
    }

    /// Tells whether the language is written from right to left.
    pub(crate) fn is_right_to_left(&self) -> bool {
        let first = self.0.split('-').next().unwrap_or_default();
        RIGHT_TO_LEFT.contains(&first)
    }

    /// Gives the value of `dir`.
    pub(crate) fn direction(&self) -> &'static str {
        if self.is_right_to_left() {
            "rtl"
        } else {
            "ltr"
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}
