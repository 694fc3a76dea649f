//! Paths inside a site: relative, with `/`, in Unicode, the same on every machine.

use std::fmt;
use std::path::Path;

/// A path from the site's root, such as `content/en/index.md`; never starts with `/`, never holds `..`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Box<str>);

impl SitePath {
    /// Takes a path that already has the right form.
    pub fn new(path: &str) -> Self {
        Self(path.into())
    }

    /// Makes the path of a file below a folder, or `None` where a name is not Unicode.
    pub(crate) fn from_native(relative: &Path) -> Option<Self> {
        let parts: Option<Vec<&str>> = relative.iter().map(|part| part.to_str()).collect();
        parts.map(|parts| Self(parts.join("/").into()))
    }

    /// Gives the path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Tells whether the file lies in the folder of shared texts.
    pub(crate) fn is_shared(&self) -> bool {
        self.0.starts_with("content/_shared/")
    }

    /// Gives the folder's path, empty at the root.
    pub(crate) fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Gives the file's name.
    pub(crate) fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// Gives the file's ending without its dot, empty if there is none.
    pub(crate) fn ending(&self) -> &str {
        self.name()
            .rsplit_once('.')
            .map_or("", |(_, ending)| ending)
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Follows a relative path from a folder; `None` where it leads out of the site.
pub(crate) fn join(folder: &str, relative: &str) -> Option<SitePath> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(SitePath::new(&parts.join("/")))
}

/// Writes a text so that it can stand in any part of an address: all but letters, digits and `-._~` percent-encoded (RFC 3986).
pub(crate) fn percent_encode(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| {
            if is_plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

/// Undoes percent-encoding; bytes that are then not UTF-8 leave the text as it was.
pub(crate) fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let code = (first == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(byte) = code {
            bytes.push(byte);
            rest = &tail[2..];
        } else {
            bytes.push(first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_path_is_followed_but_never_out_of_the_site() {
        let joined = |folder, path| join(folder, path).map(|path| path.to_string());
        assert_eq!(
            joined("content/en/a", "../b/c.md").as_deref(),
            Some("content/en/b/c.md")
        );
        assert_eq!(joined("content", "./x.md").as_deref(), Some("content/x.md"));
        assert_eq!(joined("content", "../../etc/passwd"), None);
    }

    #[test]
    fn percent_signs_are_decoded_only_where_they_mean_something() {
        assert_eq!(percent_decode("caf%C3%A9%20100%"), "café 100%");
        assert_eq!(percent_decode("%FF"), "%FF");
    }
}
