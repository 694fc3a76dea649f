//! How words and their postings are written in the files of an index.

use super::gathering::{Posting, TermLine};
use super::numbers::{BASE, DIGITS, LEVELS, SECTIONS_OF_SLOT};

/// Writes lines: an exclamation mark if people search for the word, its forms, an equals sign, its postings; lines stand one below the other.
pub(super) fn write_lines(lines: &[TermLine]) -> String {
    let mut out = String::new();
    for line in lines {
        if !out.is_empty() {
            out.push('\n');
        }
        if line.is_key {
            out.push('!');
        }
        write_forms(&line.forms, &mut out);
        out.push('=');
        write_postings(&line.postings, &mut out);
    }
    out
}

/// Writes forms: what they have in common, a tilde, and what follows it in each; one form as it is.
fn write_forms(forms: &[String], out: &mut String) {
    let (Some(first), true) = (forms.first(), forms.len() > 1) else {
        out.extend(forms.iter().map(String::as_str));
        return;
    };
    let shared = |other: &String| {
        let same = first
            .char_indices()
            .zip(other.chars())
            .find(|((_, left), right)| left != right);
        same.map_or(first.len().min(other.len()), |((at, _), _)| at)
    };
    let base = forms.iter().map(shared).min().unwrap_or(0);
    out.push_str(&first[..base]);
    out.push('~');
    let ends: Vec<&str> = forms.iter().map(|form| &form[base..]).collect();
    out.push_str(&ends.join(","));
}

/// Writes postings as numbers, the lowest digit first: the distance to the slot before, the section, the impact.
fn write_postings(postings: &[Posting], out: &mut String) {
    let digits = DIGITS.as_bytes();
    let mut before = 0;
    for posting in postings {
        let distance = posting.slot - before;
        before = posting.slot;
        let mut number = (distance as usize * SECTIONS_OF_SLOT + usize::from(posting.section))
            * usize::from(LEVELS)
            + usize::from(posting.impact)
            - 1;
        while number >= BASE {
            out.push(char::from(digits[number % BASE + BASE]));
            number /= BASE;
        }
        out.push(char::from(digits[number]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_written_from_what_they_share() {
        let written = |forms: &[&str]| {
            let forms: Vec<String> = forms.iter().map(|form| (*form).to_owned()).collect();
            let mut out = String::new();
            write_forms(&forms, &mut out);
            out
        };
        assert_eq!(written(&["taper"]), "taper");
        assert_eq!(written(&["taper", "tapered", "tapering"]), "taper~,ed,ing");
        assert_eq!(written(&["اب", "با"]), "~اب,با");
    }
}
