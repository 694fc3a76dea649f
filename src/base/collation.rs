//! The alphabetical order of a language. The only file that names `icu_collator`.

use crate::base::language::Language;
use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use std::cmp::Ordering;

/// Compares texts as a dictionary of one language does.
pub(crate) struct Collation {
    order: Option<CollatorBorrowed<'static>>,
    letters: Option<CollatorBorrowed<'static>>,
}

impl Collation {
    /// Makes the order of a language; one without collation data is compared by code point.
    pub(crate) fn new(language: &Language) -> Self {
        let with = |strength| {
            let locale: icu_locale_core::Locale = language.code().parse().ok()?;
            let mut options = CollatorOptions::default();
            options.strength = Some(strength);
            Collator::try_new(locale.into(), options).ok()
        };
        Self {
            order: with(Strength::Tertiary),
            letters: with(Strength::Primary),
        }
    }

    /// Compares two texts; texts that a dictionary holds for equal are told apart by code point.
    pub(crate) fn compare(&self, left: &str, right: &str) -> Ordering {
        let order = self
            .order
            .as_ref()
            .map_or(Ordering::Equal, |order| order.compare(left, right));
        order.then_with(|| left.cmp(right))
    }

    /// Gives the letter under which a text stands: its first letter or digit, without its accent where the language does not tell them apart.
    pub(crate) fn letter(&self, text: &str) -> String {
        use unicode_normalization::UnicodeNormalization;
        let Some(first) = text.chars().find(|character| character.is_alphanumeric()) else {
            return "#".to_owned();
        };
        if first.is_numeric() {
            return "0–9".to_owned();
        }
        let upper: String = first.to_uppercase().collect();
        let plain: String = upper.nfd().take(1).collect();
        match &self.letters {
            Some(letters) if letters.compare(&upper, &plain) != Ordering::Equal => upper,
            _ => plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spanish_knows_its_own_letters() {
        let spanish = Collation::new(&Language::new("es").expect("a language"));
        let mut words = ["ñandú", "nube", "oso", "nácar"];
        words.sort_by(|left, right| spanish.compare(left, right));
        assert_eq!(words, ["nácar", "nube", "ñandú", "oso"]);
        assert_eq!(spanish.letter("¿Ñandú?"), "Ñ");
        assert_eq!(spanish.letter("Ánimo"), "A");
    }
}
