//! Addresses: from ids to relative addresses that work at any path, from `file://` too.

/// Gives the way from one address of the site to another, always with the file's name.
pub(crate) fn relative(from: &str, to: &str) -> String {
    let folders = |address: &str| address.matches('/').count();
    let shared = from
        .split_inclusive('/')
        .zip(to.split_inclusive('/'))
        .take_while(|(left, right)| left == right && left.ends_with('/'));
    let common: usize = shared.map(|(part, _)| part.len()).sum();
    let up = folders(&from[common..]);
    let mut way = "../".repeat(up);
    way.push_str(&to[common..]);
    way
}

/// Gives the way from an address to the site's root: `../` for each folder.
pub(crate) fn root(from: &str) -> String {
    "../".repeat(from.matches('/').count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_relative_and_name_the_file() {
        assert_eq!(relative("en/a/b.html", "en/a/c.html"), "c.html");
        assert_eq!(relative("en/a/b.html", "en/index.html"), "../index.html");
        assert_eq!(relative("index.html", "en/a/c.html"), "en/a/c.html");
        assert_eq!(relative("en/a/b.html", "es/a/b.html"), "../../es/a/b.html");
        assert_eq!(root("en/a/b.html"), "../../");
    }
}
