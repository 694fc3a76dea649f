//! The direction of writing: finds the runs of a text that go against the direction around it (Unicode Bidirectional Algorithm, UAX #9).

use std::ops::Range;

/// Finds runs that are written against the direction of the text around them, such as medicine names in Arabic,
/// and there also numbers with signs, such as `+1 800 …`, whose groups would change places.
pub(crate) fn runs_against(text: &str, is_right_to_left: bool) -> Vec<Range<usize>> {
    if !is_right_to_left && text.is_ascii() {
        return Vec::new();
    }
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        if character.is_alphabetic() {
            if is_right_to_left_letter(character) == is_right_to_left {
                runs.extend(open.take());
            } else {
                open = Some(open.map_or(at, |run| run.start)..end);
            }
        } else if character.is_ascii_digit() {
            let sign = text[..at].len() - usize::from(text[..at].ends_with('+'));
            match &mut open {
                Some(run)
                    if text[run.end..at].chars().all(|between| {
                        matches!(between, ' ' | '-' | '.' | '/' | '(' | ')' | '+')
                    }) =>
                {
                    run.end = end
                }
                _ if is_right_to_left => {
                    runs.extend(open.take());
                    open = Some(sign..end);
                }
                _ => {}
            }
        }
    }
    runs.extend(open);
    runs.retain(|run| {
        text[run.clone()]
            .chars()
            .any(|character| !character.is_ascii_digit())
    });
    for run in &mut runs {
        let is_address = text[run.clone()].contains("://");
        let end = text[run.end..]
            .find(|character| !matches!(character, '/' | '?' | '#' | '=' | '&' | '%' | '_'));
        if is_address {
            run.end = end.map_or(text.len(), |length| run.end + length);
        }
    }
    runs.into_iter()
        .flat_map(|run| with_whole_brackets(text, run))
        .collect()
}

/// Gives a run so that no bracket in it is without its counterpart: it takes in one that stands at its edge, and is split at any other.
fn with_whole_brackets(text: &str, run: Range<usize>) -> Vec<Range<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut lone = None;
    for (at, character) in text[run.clone()].char_indices() {
        match character {
            '(' => open.push(run.start + at),
            ')' if open.pop().is_none() => {
                lone = Some((run.start + at, true));
                break;
            }
            _ => {}
        }
    }
    let lone = lone.or_else(|| open.first().map(|at| (*at, false)));
    let Some((at, is_closing)) = lone else {
        return vec![run];
    };
    if is_closing && text[..run.start].ends_with('(') {
        return with_whole_brackets(text, run.start - 1..run.end);
    }
    if !is_closing && text[run.end..].starts_with(')') {
        return with_whole_brackets(text, run.start..run.end + 1);
    }
    let mut parts = Vec::new();
    for part in [run.start..at, at + 1..run.end] {
        let words = &text[part.clone()];
        let trimmed = words.trim_matches(|character: char| {
            !character.is_alphanumeric() && !"()".contains(character)
        });
        if trimmed.chars().any(char::is_alphabetic) {
            let start = part.start
                + (words.len()
                    - words
                        .trim_start_matches(|character: char| {
                            !character.is_alphanumeric() && !"()".contains(character)
                        })
                        .len());
            parts.extend(with_whole_brackets(text, start..start + trimmed.len()));
        }
    }
    parts
}

/// Tells whether a letter belongs to a script that runs from right to left (Unicode blocks of bidirectional class R and AL).
fn is_right_to_left_letter(character: char) -> bool {
    matches!(u32::from(character), 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_runs_are_found_in_both_directions() {
        assert_eq!(
            runs_against("دواء Xanax XR هنا", true).first(),
            Some(&(9..17))
        );
        assert_eq!(runs_against("the word دواء here", false).len(), 1);
        assert!(runs_against("plain English", false).is_empty());
        assert!(runs_against("العربية فقط 10", true).is_empty());
    }

    #[test]
    fn no_run_has_half_of_a_pair_of_brackets() {
        let runs = |text: &'static str| -> Vec<&str> {
            runs_against(text, true)
                .into_iter()
                .map(|run| &text[run])
                .collect()
        };
        assert_eq!(runs("دواء zolpidem (Ambien)، هنا"), ["zolpidem (Ambien)"]);
        assert_eq!(runs("دواء (Ambien) zolpidem هنا"), ["(Ambien) zolpidem"]);
        assert_eq!(
            runs("دواء zolpidem (Ambien، هنا) نص"),
            ["zolpidem", "Ambien"]
        );
        assert_eq!(runs("هنا Ambien) zolpidem نص"), ["Ambien", "zolpidem"]);
        assert_eq!(
            runs("انظر https://example.org/، نعم"),
            ["https://example.org/"]
        );
        assert_eq!(
            runs("قل Xanax (alprazolam (XR))، نعم"),
            ["Xanax (alprazolam (XR))"]
        );
    }
}
