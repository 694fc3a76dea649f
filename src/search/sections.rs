//! Reads the tree of a page as the search sees it: sections with their words, counted by where they stand.
//!
//! A section begins at a heading of the second level, or at a term of the glossary. Its words are those that the page shows, but not what
//! every page has around its article: labels, sources, reviews and lists of other pages.

use super::page_text::{Counts, Field, PageText, PageWords, Section};
use super::phrases::Phrases;
use crate::base::place::PageId;
use crate::base::tokens::each_token;
use crate::model::{Listing, Page, Role, Site};
use crate::parse::tree::{Kind, NodeId, Part, Tree};
use rustc_hash::{FxBuildHasher, FxHashMap};

/// Reads the tree of a page.
pub(super) fn read(site: &Site, page: &Page, tree: &Tree, phrases: &Phrases) -> PageText {
    let mut reader = SectionReader {
        site,
        tree,
        block: String::new(),
        field: Field::Body,
        is_lead: false,
        sections: vec![Section::default()],
        tokens: PageTokens::with_room(
            page.document
                .as_ref()
                .map_or(0, |document| document.tree.len()),
        ),
    };
    let front = page.document.as_ref().map(|document| &document.front);
    let summary = front.and_then(|front| front.summary.as_ref());
    let aliases = front.into_iter().flat_map(|front| &front.aliases);
    for text in aliases.chain(summary) {
        reader.block.push_str(&text.value);
        reader.flush(Field::Summary);
    }
    match page.role {
        Role::Listing(Listing::AToZ | Listing::Sources) => {
            reader.block.push_str(&page.title);
            reader.flush(Field::Title);
        }
        _ => reader.children(Tree::ROOT),
    }
    if let Some(summary) = summary {
        reader.sections[0].lead.clone_from(&summary.value);
    }
    for section in &mut reader.sections {
        section.lead = lead(&section.lead);
    }
    reader.tokens.count(page.id, reader.sections, phrases)
}

struct SectionReader<'a> {
    site: &'a Site,
    tree: &'a Tree,
    /// The text of the block that is being read.
    block: String,
    field: Field,
    /// Whether the block may be in the lead of its section.
    is_lead: bool,
    sections: Vec<Section>,
    tokens: PageTokens,
}

impl SectionReader<'_> {
    fn children(&mut self, node: NodeId) {
        for child in self.tree.children(node) {
            self.node(child);
        }
    }

    fn node(&mut self, id: NodeId) {
        match self.tree.node(id).kind {
            Kind::Citation(_) | Kind::FootnoteMark(_) => {
                let kept = self.block.trim_end().len();
                self.block.truncate(kept);
            }
            Kind::Unseen | Kind::Drawing(_) | Kind::Rule => {}
            Kind::Part(part, anchor) => self.part(
                id,
                part,
                anchor.map(|anchor| self.tree.kept(anchor).to_owned()),
            ),
            Kind::Heading { level, id: anchor } => {
                self.flush(self.field);
                self.children(id);
                if let (2, Some(anchor)) = (level, anchor) {
                    let anchor = self.tree.kept(anchor).to_owned();
                    self.begin(anchor);
                }
                self.flush(if level == 1 {
                    Field::Title
                } else {
                    Field::Heading
                });
            }
            Kind::Text(_) | Kind::Code(_) | Kind::SoftBreak | Kind::HardBreak => {
                self.block
                    .push_str(self.tree.words(id, &*self.site.snapshot));
            }
            Kind::CodeBlock(_) => {
                self.flush(self.field);
                self.block
                    .push_str(self.tree.words(id, &*self.site.snapshot));
                self.flush(self.field);
            }
            Kind::Paragraph | Kind::Item { .. } | Kind::Definition => {
                self.flush(self.field);
                self.is_lead = true;
                self.children(id);
                self.flush(self.field);
            }
            Kind::DefinitionTerm(_)
            | Kind::Caption
            | Kind::Cell { .. }
            | Kind::CalloutTitle { .. }
            | Kind::FootnoteText(_) => {
                self.flush(self.field);
                self.children(id);
                self.flush(self.field);
            }
            _ => self.children(id),
        }
    }

    fn part(&mut self, id: NodeId, part: Part, anchor: Option<String>) {
        self.flush(self.field);
        match part {
            Part::Label
            | Part::Next
            | Part::Sources
            | Part::SourceEntry
            | Part::Review
            | Part::NoneReviewed
            | Part::Related
            | Part::Contents
            | Part::Letters
            | Part::Words
            | Part::PastDue
            | Part::Remark
            | Part::Translation => return,
            Part::KeyPoints => {
                let headless = self.tree.children(id).skip(1);
                self.field = Field::Summary;
                for child in headless {
                    self.node(child);
                }
                self.flush(Field::Summary);
                self.field = Field::Body;
                return;
            }
            Part::GlossaryEntry => {
                if let Some(anchor) = anchor {
                    self.begin_at(id, anchor);
                    return;
                }
            }
            Part::Letter | Part::Helpline | Part::Diagram | Part::Person => {}
        }
        self.children(id);
        self.flush(self.field);
    }

    /// Begins a section at a part whose first heading names it.
    fn begin_at(&mut self, id: NodeId, anchor: String) {
        let mut children = self.tree.children(id);
        if let Some(heading) = children.next() {
            self.children(heading);
            self.begin(anchor);
            self.flush(Field::Heading);
        }
        for child in children {
            self.node(child);
        }
        self.flush(self.field);
    }

    /// Begins a section whose heading is the text of the block.
    fn begin(&mut self, anchor: String) {
        self.sections.push(Section {
            anchor: Some(anchor),
            heading: one_line(&self.block),
            ..Section::default()
        });
    }

    /// Counts the words of the block in a field of the section that was begun last.
    fn flush(&mut self, field: Field) {
        let section = self.sections.len() - 1;
        if std::mem::take(&mut self.is_lead) {
            let lead = &mut self.sections[section].lead;
            if lead.len() < LEAD_ENOUGH && !self.block.trim().is_empty() {
                if !lead.is_empty() {
                    let is_sentence = lead.ends_with(['.', '?', '!', ':', '。', '؟', '？', '！']);
                    lead.push_str(if is_sentence { " " } else { " · " });
                }
                lead.push_str(self.block.trim());
            }
        }
        self.tokens.add(&self.block, section, field);
        self.block.clear();
    }
}

/// A lead with this many bytes gets no further paragraph.
const LEAD_ENOUGH: usize = 80;
/// A lead has whole sentences of at most 120 letters together, and always the first.
const LEAD_LETTERS: usize = 120;
/// A first sentence with more letters is cut.
const LONGEST_SENTENCE: usize = 220;

/// Gives the first whole sentences of a text: half a sentence may say the opposite of the whole.
fn lead(text: &str) -> String {
    let text = one_line(text);
    let mut end = 0;
    let mut letters = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        letters += 1;
        if letters > LONGEST_SENTENCE {
            break;
        }
        let after = at + character.len_utf8();
        let ends_here = matches!(character, '.' | '?' | '!' | '؟' | '۔')
            && characters.peek().is_none_or(|(_, next)| *next == ' ')
            || matches!(character, '。' | '？' | '！');
        if ends_here && (end == 0 && letters <= LONGEST_SENTENCE || letters <= LEAD_LETTERS) {
            end = after;
        }
    }
    if letters <= LEAD_LETTERS {
        return text;
    }
    if end > 0 {
        return text[..end].to_owned();
    }
    let cut = text
        .char_indices()
        .nth(LEAD_LETTERS)
        .map_or(text.len(), |(at, _)| at);
    let cut = text[..cut].rfind(' ').unwrap_or(cut);
    format!("{} …", &text[..cut])
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many words and letters a node of an article has, roughly.
const WORDS_OF_NODE: usize = 4;
const LETTERS_OF_NODE: usize = 20;

/// All words of a page, one behind the other.
#[derive(Default)]
struct PageTokens {
    text: String,
    /// Where each word ends in the text, and where it stands in the page.
    places: Vec<(u32, u16, Field)>,
    /// Words that are written with other characters, by their number.
    written: Vec<(usize, String)>,
}

impl PageTokens {
    /// Makes room for the words of a page whose article has `nodes` nodes.
    fn with_room(nodes: usize) -> Self {
        Self {
            text: String::with_capacity(nodes * LETTERS_OF_NODE),
            places: Vec::with_capacity(nodes * WORDS_OF_NODE),
            written: Vec::new(),
        }
    }

    fn add(&mut self, block: &str, section: usize, field: Field) {
        let section = u16::try_from(section).unwrap_or(u16::MAX);
        each_token(block, |token, written| {
            if !written.is_ascii() {
                let written = written.to_lowercase();
                if written != token {
                    self.written.push((self.places.len(), written));
                }
            }
            self.text.push_str(token);
            let end = u32::try_from(self.text.len()).expect("an article has at most 2 MB");
            self.places.push((end, section, field));
        });
    }

    /// Counts the words; the sections of a page follow one another, so the last count of a word is that of its section or of one before.
    fn count(self, page: PageId, mut sections: Vec<Section>, phrases: &Phrases) -> PageText {
        let mut numbers: FxHashMap<&str, u32> =
            FxHashMap::with_capacity_and_hasher(self.places.len() / 2, FxBuildHasher);
        let mut words = PageWords::default();
        let mut order = Vec::with_capacity(self.places.len());
        let mut start = 0;
        for (end, section, field) in &self.places {
            let end = *end as usize;
            let token = &self.text[start..end];
            start = end;
            sections[usize::from(*section)].lengths[*field as usize] += 1;
            let number = *numbers.entry(token).or_insert_with(|| {
                words.push(token);
                u32::try_from(words.len() - 1).expect("an article of 2 MB has fewer words")
            });
            order.push((number, *section, *field));
        }
        let written = self
            .written
            .into_iter()
            .map(|(at, written)| (order[at].0, written))
            .collect();
        let found = phrases.find(&words, &order);
        let count = |places: Vec<(u32, u16, Field)>, different: usize| {
            let mut counts: Vec<(u32, u16, Counts)> = Vec::new();
            let mut last: Vec<usize> = vec![usize::MAX; different];
            for (word, section, field) in places {
                let at = &mut last[word as usize];
                if counts
                    .get(*at)
                    .is_none_or(|(_, before, _)| *before != section)
                {
                    *at = counts.len();
                    counts.push((word, section, Counts::default()));
                }
                let count = &mut counts[*at].2[field as usize];
                *count = count.saturating_add(1);
            }
            counts
        };
        PageText {
            page,
            sections,
            written,
            counts: count(order, words.len()),
            phrases: count(found, phrases.all().len()),
            words,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::lead;

    #[test]
    fn a_lead_never_ends_within_a_sentence_that_can_be_shown_whole() {
        let rest = "Then there is more to say, and it goes on and on. ".repeat(5);
        for (text, expected) in [
            ("Short.", "Short."),
            ("No full stop", "No full stop"),
            (
                &format!("First one. {rest}"),
                "First one. Then there is more to say, and it goes on and on. Then there is more to say, and it goes on and on.",
            ),
            (
                &format!("Do not stop {}suddenly. {rest}", "and ".repeat(30)),
                &format!("Do not stop {}suddenly.", "and ".repeat(30)),
            ),
            (
                &"word ".repeat(90),
                &format!("{} …", "word ".repeat(24).trim_end()),
            ),
            ("1.5 is a number", "1.5 is a number"),
        ] {
            assert_eq!(lead(text), expected);
        }
    }
}
