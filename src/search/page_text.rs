//! What the search knows of one page: its sections, its different words, and how often each stands where.

use crate::base::place::PageId;

/// Where a word can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// In the title of the page.
    Title,
    /// In a heading.
    Heading,
    /// In the summary, the key points or the other names of the page.
    Summary,
    /// In the text.
    Body,
}

impl Field {
    /// How many fields there are.
    pub(super) const COUNT: usize = 4;
}

/// How often a word stands in each field of a section, at most 255 times.
pub(super) type Counts = [u8; Field::COUNT];

/// A section of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    /// Its anchor; none for the part before the first section.
    pub anchor: Option<String>,
    /// Its heading; empty for the part before the first section.
    pub heading: String,
    /// Its first sentences.
    pub lead: String,
    /// How many words each field has.
    pub lengths: [u32; Field::COUNT],
}

/// The words of a page.
#[derive(Clone, Debug)]
pub(crate) struct PageText {
    pub(super) page: PageId,
    pub(super) sections: Vec<Section>,
    /// The different words, in the order in which they were met, one behind the other.
    pub(super) words: PageWords,
    /// Words that differ from how they are written by more than case: the word, and how it is written in small letters.
    pub(super) written: Vec<(u32, String)>,
    /// How often each word stands in each section: the word, the section.
    pub(super) counts: Vec<(u32, u16, Counts)>,
    /// How often each phrase stands in each section.
    pub(super) phrases: Vec<(u32, u16, Counts)>,
}

/// Words in one text, so that a page has one and not hundreds.
#[derive(Clone, Debug, Default)]
pub(super) struct PageWords {
    text: String,
    ends: Vec<u32>,
}

impl PageWords {
    /// Adds a word, which gets the next number.
    pub(super) fn push(&mut self, word: &str) {
        self.text.push_str(word);
        let end = u32::try_from(self.text.len()).expect("an article has at most 2 MB");
        self.ends.push(end);
    }

    /// Gives how many words there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Gives a word.
    pub(super) fn get(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[number] as usize]
    }
}
