//! Who made the text of a page, and who has checked it.
//!
//! In go front matter, reviews and data; out come facts, and the names of the interface texts that say them. This is the one place that
//! decides it: the label above the text, the block at the end, the description for search engines, the feed and the page about people ask
//! here.

use crate::model::{Page, Site};
use crate::parse::Document;
use crate::parse::front_matter::FrontMatter;

/// Who made the text of a page, and who has checked it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Provenance {
    /// Whether a computer program wrote the text, in whatever language it was written first.
    pub is_by_program: bool,
    /// Whether the page lists a source that its own text rests on.
    has_sources: bool,
    /// How the text came into its language, if it was translated.
    pub translation: Option<Translated>,
    /// Whether a clinician has reviewed it.
    pub review: Reviewed,
}

/// How a text was translated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Translated {
    /// Whether a computer program translated it.
    pub is_by_program: bool,
    /// Whether somebody has checked the translation.
    pub is_checked: bool,
}

/// Whether a clinician has reviewed a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reviewed {
    /// It needs no review.
    NotNeeded,
    /// It needs one and has none.
    No,
    /// One has.
    Yes,
}

impl Site {
    /// Tells who made the text of a page, and who has checked it. A page without an article has no text of anybody.
    pub(crate) fn provenance(&self, page: &Page) -> Option<Provenance> {
        let document = page.document.as_deref()?;
        let is_source = page.text_language == 0;
        let source = self.by_key(0, &page.key).filter(|_| !is_source);
        let source = source.and_then(|source| source.document.as_deref());
        let is_translation = source.is_some() || document.front.translation.is_some();
        let translation = (!is_source && is_translation).then(|| Translated {
            is_by_program: document
                .front
                .translation
                .as_ref()
                .is_some_and(|how| how.machine),
            is_checked: !page.is_unchecked_translation(),
        });
        let mut texts = std::iter::once(document).chain(source);
        Some(Provenance {
            is_by_program: texts.any(|text| text.front.written_by.is_some()),
            has_sources: self.has_sources(page, document),
            translation,
            review: match page.review {
                Some(_) => Reviewed::Yes,
                None if page.is_unreviewed() => Reviewed::No,
                None => Reviewed::NotNeeded,
            },
        })
    }

    /// Tells whether the front matter or the text of an article names a source that the data has.
    fn has_sources(&self, page: &Page, document: &Document) -> bool {
        let data = &self.language_of(page).data;
        let cited = document.tree.citations.iter().flatten();
        let mut named = document.front.sources.iter().chain(cited);
        named.any(|id| data.source(&id.value).is_some())
    }
}

/// Tells whether a computer program translated a text and nobody has checked it: of a page as of a shared text. A shared text that does not
/// say how it was translated was written by people.
pub(super) fn is_unchecked_by_program(front: &FrontMatter) -> bool {
    let translation = front.translation.as_ref();
    translation.is_some_and(|how| how.machine && how.checked_by.is_none())
}

impl Provenance {
    /// Tells whether the label says that a computer program translated the text and that nobody has checked it.
    pub(crate) fn is_unchecked_by_program(self) -> bool {
        self.translation
            .is_some_and(|how| how.is_by_program && !how.is_checked)
    }

    /// Gives the names of the sentences above the text: who made it, as far as nobody has checked that, and what nobody has checked.
    pub(super) fn label(self) -> Vec<&'static str> {
        let is_written = self.is_by_program && self.review != Reviewed::Yes;
        let names_sources = self.has_sources && self.review == Reviewed::No;
        let made = done_by_program(is_written, self.is_unchecked_by_program(), names_sources)
            .or_else(|| self.translated());
        let ask = self.ask().filter(|_| made.is_none());
        let sentences = made.into_iter().chain(self.unchecked(made));
        sentences.chain(ask).collect()
    }

    /// Gives the names of the sentences at the end of the page: who made the text, also where that has been checked, what nobody has
    /// checked, and whom to ask, where the label has no room for that on a small phone.
    pub(super) fn at_the_end(self) -> Vec<&'static str> {
        let made = self.by_program().or_else(|| self.translated());
        let ask = self.ask().filter(|ask| !self.label().contains(ask));
        let sentences = made.into_iter().chain(self.unchecked(made));
        sentences.chain(ask).collect()
    }

    /// Gives the name of the sentence that says what a computer program did, if one did anything.
    pub(crate) fn by_program(self) -> Option<&'static str> {
        let is_translated = self.translation.is_some_and(|how| how.is_by_program);
        done_by_program(self.is_by_program, is_translated, false)
    }

    /// Gives the name of the sentence that says that the text was translated, by whomever, while nobody has checked that.
    fn translated(self) -> Option<&'static str> {
        let is_unchecked = self.translation.is_some_and(|how| !how.is_checked);
        is_unchecked.then_some("label-translated")
    }

    /// Gives the name of the sentence that says whom to ask about a page that no clinician has checked.
    fn ask(self) -> Option<&'static str> {
        (self.review == Reviewed::No).then_some("label-ask")
    }

    /// Gives the name of the sentence that says what nobody has checked. Behind a sentence about the page it calls the page "it".
    fn unchecked(self, made: Option<&str>) -> Option<&'static str> {
        let is_unchecked = self.translation.is_some_and(|how| !how.is_checked);
        match (self.review == Reviewed::No, is_unchecked) {
            (true, true) => Some("label-unchecked-both"),
            (true, false) if made.is_some() => Some("label-unreviewed-it"),
            (true, false) => Some("label-unreviewed"),
            (false, true) => Some("label-unchecked-translation"),
            (false, false) => None,
        }
    }
}

/// Gives the name of the sentence that says what a computer program did of a text. The sources it names stand below.
fn done_by_program(
    is_written: bool,
    is_translated: bool,
    names_sources: bool,
) -> Option<&'static str> {
    match (is_written, is_translated, names_sources) {
        (true, true, true) => Some("label-program-both-sources"),
        (true, true, false) => Some("label-program-both"),
        (true, false, true) => Some("label-program-sources"),
        (true, false, false) => Some("label-program"),
        (false, true, _) => Some("label-program-translated"),
        (false, false, _) => None,
    }
}
