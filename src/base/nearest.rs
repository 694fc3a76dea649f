//! The nearest known name, for "did you mean", and the distance between words. The only file that names strsim.

/// Finds the known name that is closest to a written one, if it is close enough to be a typing error.
pub(crate) fn nearest<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let written = written.to_lowercase();
    let length = written.chars().count();
    known
        .into_iter()
        .filter_map(|name| {
            let other = name.chars().count();
            let limit = 1 + other.min(12) / 4;
            if other.abs_diff(length) > limit {
                return None;
            }
            let distance = strsim::osa_distance(&written, &name.to_lowercase());
            (distance <= limit).then_some((distance, name))
        })
        .min()
        .map(|(_, name)| name)
}

/// Counts the typing errors between two words: letters that are missing, too many, wrong, or exchanged with their neighbor.
pub(crate) fn distance(left: &str, right: &str) -> usize {
    strsim::osa_distance(left, right)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn only_typing_errors_have_a_nearest_name() {
        assert_eq!(nearest("sumary", ["title", "summary"]), Some("summary"));
        assert_eq!(nearest("Titel", ["title", "summary"]), Some("title"));
        assert_eq!(nearest("colour", ["title", "summary"]), None);
    }
}
