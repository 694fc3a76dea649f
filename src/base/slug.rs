//! Slugs: file names as addresses, and headings as anchors.

use crate::base::path::SitePath;
use crate::base::words::upper_first;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Makes an address part of a file name: lower-case ASCII letters, digits and hyphens; empty if nothing is left.
pub(crate) fn address_slug(name: &str) -> String {
    if is_address_slug(name) {
        return name.to_owned();
    }
    let mut slug = String::with_capacity(name.len());
    for character in name
        .nfd()
        .filter(|character| !is_combining_mark(*character))
    {
        if character.is_ascii_alphanumeric() {
            slug.push(character.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Gives the words of a slug, with a capital first letter: what stands for a title where none is written.
pub(crate) fn words_of(slug: &str) -> String {
    upper_first(&slug.replace('-', " "))
}

/// Tells whether a name can stand in an address as it is.
pub(crate) fn is_address_slug(name: &str) -> bool {
    // As if a hyphen stood before the name, so that one at its start is one too many.
    let mut before = b'-';
    for byte in name.bytes() {
        let is_plain = byte.is_ascii_lowercase() || byte.is_ascii_digit();
        if !is_plain && (byte != b'-' || before == b'-') {
            return false;
        }
        before = byte;
    }
    before != b'-'
}

/// Makes the anchor of a heading as GitHub does: lower case, spaces as hyphens, punctuation left out, letters of all scripts kept.
pub(crate) fn heading_slug(heading: &str) -> String {
    heading
        .trim()
        .chars()
        .filter_map(|character| match character {
            ' ' | '-' => Some('-'),
            '_' => Some('_'),
            other if other.is_alphanumeric() || is_combining_mark(other) => Some(other),
            _ => None,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// Gives the address of a file that is copied, by its path: files of `static/` at the root, files beside articles beside their pages.
pub(crate) fn asset_address(path: &SitePath) -> String {
    let path = path.as_str();
    if let Some(path) = path.strip_prefix("static/") {
        return path.to_owned();
    }
    let below = path.strip_prefix("content/").unwrap_or(path);
    let (folder, name) = below.rsplit_once('/').unwrap_or(("", below));
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let mut parts: Vec<String> = folder
        .split('/')
        .filter(|part| !part.is_empty())
        .map(address_slug)
        .collect();
    let stem = address_slug(stem);
    let stem = if stem.is_empty() {
        "file".to_owned()
    } else {
        stem
    };
    let ending = address_slug(ending);
    parts.push(if ending.is_empty() {
        stem
    } else {
        format!("{stem}.{ending}")
    });
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_become_plain_addresses() {
        assert_eq!(address_slug("Qué es (1)"), "que-es-1");
        assert_eq!(address_slug("a#b%c"), "a-b-c");
        assert_eq!(address_slug("ñandú__x"), "nandu-x");
        assert_eq!(address_slug("日本"), "");
    }

    #[test]
    fn hyphens_stand_between_letters_only() {
        for plain in ["a", "a-b-2", "2-a"] {
            assert_eq!(address_slug(plain), plain);
        }
        for name in ["-a-b", "a-b-", "a--b", "A-b", "-a--B-"] {
            assert!(matches!(address_slug(name).as_str(), "a-b"), "{name}");
        }
        assert_eq!(address_slug("-"), "");
        assert_eq!(address_slug(""), "");
    }

    #[test]
    fn headings_become_anchors_as_on_github() {
        assert_eq!(heading_slug("What can happen?"), "what-can-happen");
        assert_eq!(heading_slug("¿Qué hacer, ahora?"), "qué-hacer-ahora");
        assert_eq!(heading_slug("ما هي"), "ما-هي");
    }

    #[test]
    fn files_get_plain_names() {
        assert_eq!(
            asset_address(&SitePath::new("content/en/a/Imágen (1).PNG")),
            "en/a/imagen-1.png"
        );
        assert_eq!(
            asset_address(&SitePath::new("static/assets/stepdown.css")),
            "assets/stepdown.css"
        );
    }
}
