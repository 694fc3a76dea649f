//! Makes the one tree of a page: its article with embeds, links, citations and placeholders resolved, in the frame that every page has.
//!
//! Every node keeps the place it was written at, also into shared texts and data. What cannot be resolved becomes a finding and stays as words.

use crate::base::country::{self, is_in_european_union};
use crate::base::direction::runs_against;
use crate::base::nearest::nearest;
use crate::base::path::percent_encode;
use crate::base::place::{Place, Spot, words_at};
use crate::finding::rules::{
    BROKEN_ANCHOR, BROKEN_LINK, DUPLICATE_ID, EMBED_CYCLE, MISSING_IMAGE,
    PLACEHOLDER_WITHOUT_VALUE, TOO_LARGE, UNCHECKED_TRANSLATION, UNKNOWN_EMBED,
    UNKNOWN_PLACEHOLDER, WRONG_VALUE,
};
use crate::finding::{Finding, Findings};
use crate::model::block_text::{block_texts, within};
use crate::model::leftover_markup;
use crate::model::link_advice;
use crate::model::lookup::{self, Anchors, Found};
use crate::model::placeholders::{self, Piece};
use crate::model::provenance::{self, Provenance};
use crate::model::{LanguageSite, Page, Site, components};
use crate::parse::Document;
use crate::parse::tree::{CalloutKind, Embed, Kind, Link, NodeId, Part, Target, Tree, Words};
use crate::settings::{Publishing, Setting};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

/// How many nodes the frame of a page has, roughly.
const FRAME_NODES: usize = 100;
/// How many shared texts may stand in one page.
pub(crate) const MAX_TEXTS: usize = 1000;
/// How many shared texts may lie in each other.
pub(crate) const MAX_EMBEDS: usize = 16;

/// Makes the tree of a page.
pub(crate) fn page_tree(site: &Site, page: &Page, findings: &mut Findings) -> Tree {
    let mut composer = Composer::new(site, page, findings);
    composer.frame();
    let (tree, unfilled) = (composer.out, composer.unfilled);
    check_text(site, page, &tree, &unfilled, findings);
    check_values(site, page, findings);
    tree
}

/// Checks what the front matter of a page says that stands in lists of pages and in the search, but not on the page itself.
fn check_values(site: &Site, page: &Page, findings: &mut Findings) {
    let Some(document) = &page.document else {
        return;
    };
    let front = &document.front;
    for value in front.summary.iter().chain(&front.aliases) {
        site.language_of(page)
            .numbers
            .check_value(value, &*site.snapshot, findings);
    }
}

/// Checks the text of a finished page, whoever wrote it: authors, shared texts or data.
fn check_text(
    site: &Site,
    page: &Page,
    tree: &Tree,
    unfilled: &BTreeSet<Place>,
    findings: &mut Findings,
) {
    let numbers = &site.language_of(page).numbers;
    block_texts(tree, &*site.snapshot, &mut |block| {
        numbers.check_block(block, findings);
        leftover_markup::check(block, &*site.snapshot, unfilled, findings);
    });
    numbers.check_links(tree, &*site.snapshot, findings);
}

/// Makes the strip that every page has: whom to call in danger.
pub(crate) fn strip_tree(site: &Site, page: &Page, findings: &mut Findings) -> Tree {
    let mut composer = Composer::new(site, page, findings);
    let name = match site.settings.setting {
        Setting::Custody => "strip-custody",
        _ => "strip",
    };
    let text = composer.text(name);
    let place = composer.place;
    let paragraph = composer.out.add(Tree::ROOT, Kind::Paragraph, place);
    composer.message(paragraph, &text, place);
    composer.out
}

/// Makes the tree of a short text of the data, spoken in a language of the site, as it stands on pages of another.
pub(crate) fn message_tree(
    site: &Site,
    page: &Page,
    voice: usize,
    text: &str,
    place: Place,
    findings: &mut Findings,
) -> Tree {
    let mut composer = Composer::new(site, page, findings);
    composer.voice = voice;
    composer.message(Tree::ROOT, text, place);
    let (tree, unfilled) = (composer.out, composer.unfilled);
    check_text(site, page, &tree, &unfilled, findings);
    tree
}

/// How text is copied.
#[derive(Clone, Copy)]
pub(super) struct Manner {
    /// Whether terms of the glossary are linked.
    pub terms: bool,
    /// Whether links may stand here; in the words of a link they may not.
    pub links: bool,
}

impl Manner {
    /// Running text.
    pub(super) const RUNNING: Self = Self {
        terms: true,
        links: true,
    };
    /// Text in headings, cards and the like.
    pub(super) const PLAIN: Self = Self {
        terms: false,
        links: true,
    };
}

/// A footnote that was marked. Its number on the page is its place in the list of all of them, counted from 1.
struct Note<'s> {
    document: &'s Document,
    /// The node of its text.
    text: NodeId,
    /// The language that its text speaks.
    voice: usize,
    /// Which of the texts of the page it stands in, and the names of the shared texts around it.
    text_number: usize,
    embeds: Vec<String>,
}

/// Composes the tree of one page.
pub(super) struct Composer<'s, 'f> {
    pub site: &'s Site,
    pub page: &'s Page,
    pub findings: &'f mut Findings,
    pub out: Tree,
    /// The place for texts that no author wrote.
    pub place: Place,
    /// The ids of the cited sources, in order.
    pub citations: Vec<String>,
    /// The level of the last heading.
    pub level: u8,
    /// The language that is spoken where nodes are added now: the page's in its frame, the text's own in texts.
    pub voice: usize,
    anchors: Anchors,
    written_ids: HashMap<String, Place>,
    notes: Vec<Note<'s>>,
    /// The numbers of footnotes by the text in which they stand, counted as often as it is put in, and their nodes.
    note_numbers: HashMap<(usize, NodeId), usize>,
    seen_terms: Vec<bool>,
    /// The terms of the glossary that the text uses, in order.
    pub terms: Vec<u32>,
    embeds: Vec<String>,
    /// Where placeholders stand that nothing fills.
    unfilled: BTreeSet<Place>,
    /// How many shared texts were put in so far.
    texts: usize,
    /// Which of them is copied now; 0 is the article.
    text_number: usize,
    /// In what the text stands that is copied now.
    within: Within,
    /// Whether a computer program wrote a shared text that was put in.
    pub has_text_by_program: bool,
    /// The list of ways that is copied, if one is: links in it that lead elsewhere have no remark.
    ways: Option<CalloutKind>,
}

/// In what a text stands that is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    /// In the page, or in a shared text that needs no label.
    Page,
    /// In a shared text whose label says that nobody has checked its translation: that holds for the texts in it too.
    LabelledText,
    /// In the source's text, folded beside such a translation: it has no anchors and no terms, which belong to the page's own text.
    FoldedSource,
}

impl<'s, 'f> Composer<'s, 'f> {
    fn new(site: &'s Site, page: &'s Page, findings: &'f mut Findings) -> Self {
        let place = page
            .document
            .as_ref()
            .map_or_else(|| site.nowhere(), |document| document.start);
        Self {
            site,
            page,
            findings,
            out: Tree::new(
                place,
                page.document
                    .as_ref()
                    .map_or(0, |document| document.tree.len() + FRAME_NODES),
            ),
            place,
            citations: Vec::new(),
            level: 1,
            voice: page.language,
            anchors: Anchors::default(),
            written_ids: HashMap::new(),
            notes: Vec::new(),
            note_numbers: HashMap::new(),
            seen_terms: vec![false; site.languages[page.text_language].glossary.len()],
            terms: Vec::new(),
            embeds: Vec::new(),
            unfilled: BTreeSet::new(),
            texts: 0,
            text_number: 0,
            within: Within::Page,
            has_text_by_program: false,
            ways: None,
        }
    }

    /// Gives the language the page is published in.
    pub(super) fn language(&self) -> &'s LanguageSite {
        &self.site.languages[self.page.language]
    }

    /// Gives the language of the page's text.
    pub(super) fn text_language(&self) -> &'s LanguageSite {
        &self.site.languages[self.page.text_language]
    }

    /// Gives an interface text in the language that is spoken now.
    pub(super) fn text(&self, name: &str) -> String {
        self.spoken().texts.text(name)
    }

    /// Gives an interface text that names the source language, in the language that is spoken now.
    pub(super) fn text_about_source(&self, name: &str) -> String {
        self.site.text_about_source(self.voice, name)
    }

    /// Gives the language that is spoken now.
    pub(super) fn spoken(&self) -> &'s LanguageSite {
        &self.site.languages[self.voice]
    }

    /// Adds a node that no author wrote.
    pub(super) fn add(&mut self, parent: NodeId, kind: Kind) -> NodeId {
        let place = self.place;
        self.out.add(parent, kind, place)
    }

    /// Adds words that no author wrote.
    pub(super) fn add_words(&mut self, parent: NodeId, words: &str) {
        let place = self.place;
        self.add_owned(parent, words, place);
    }

    /// Adds words that no article's tree has: values of front matter and data, and words of ours. Where their file has them as they are,
    /// their place is exact.
    pub(super) fn add_owned(&mut self, parent: NodeId, words: &str, place: Place) {
        let written = self.written_at(words, place);
        self.add_slice(parent, words, 0..words.len(), place, written);
    }

    /// Gives where words begin in their file, if it has them as they are at their place.
    fn written_at(&self, words: &str, place: Place) -> Option<u32> {
        let file = self.site.snapshot.file(place.file).text();
        words_at(file, place, words).map(|written| written.start)
    }

    fn push_owned(&mut self, parent: NodeId, words: &str, place: Place) {
        let kept = Words::Owned(self.out.keep(words));
        self.out.add(parent, Kind::Text(kept), place);
    }

    /// Adds a paragraph of an interface text or of data, its placeholders filled.
    pub(super) fn paragraph(&mut self, parent: NodeId, words: &str, place: Place) -> NodeId {
        let paragraph = self.out.add(parent, Kind::Paragraph, place);
        self.message(paragraph, words, place);
        paragraph
    }

    /// Adds a heading of ours with an anchor.
    pub(super) fn heading(&mut self, parent: NodeId, level: u8, words: &str, id: &str) {
        let id = self.out.keep(id);
        let heading = self.add(
            parent,
            Kind::Heading {
                level,
                id: Some(id),
            },
        );
        self.add_words(heading, words);
    }

    /// Adds a part with a heading of the second level, which names it.
    pub(super) fn part(&mut self, parent: NodeId, part: Part, title: &str) -> NodeId {
        let node = self.add(parent, Kind::Part(part, None));
        self.heading(node, 2, title, &format!("sd-{}", part.class()));
        node
    }

    /// Adds a link with words.
    pub(super) fn link(&mut self, parent: NodeId, target: Target, words: &str, place: Place) {
        let node = self.open_link(parent, target, place);
        self.add_owned(node, words, place);
    }

    fn open_link(&mut self, parent: NodeId, target: Target, place: Place) -> NodeId {
        self.out.links.push(Link {
            target,
            takes_title: false,
            is_decorative: false,
        });
        let link = u32::try_from(self.out.links.len() - 1)
            .expect("a page has fewer than four billion links");
        self.out.add(parent, Kind::Link(link), place)
    }

    /// Adds a link to a page with its title, or what stands for that link.
    pub(super) fn link_page(
        &mut self,
        parent: NodeId,
        page: &Page,
        anchor: Option<String>,
        place: Place,
    ) {
        self.lead_to(parent, page, anchor, place, |composer, node, _| {
            composer.add_title(node, page, place);
        });
    }

    /// Adds the title of a page, with the place it was written at; `place` is for a title that nobody wrote.
    pub(super) fn add_title(&mut self, parent: NodeId, page: &Page, place: Place) {
        self.add_owned(parent, &page.title, page.title_place().unwrap_or(place));
    }

    /// Adds a link to a page, with words that are told whether they stand in a link. Where the page is not published, the link leads to
    /// what stands in for it, or there are only the words; a remark behind them says so.
    fn lead_to(
        &mut self,
        parent: NodeId,
        page: &Page,
        anchor: Option<String>,
        place: Place,
        words: impl FnOnce(&mut Self, NodeId, bool),
    ) {
        let target = match self.site.shown_for(page) {
            Some(shown) if shown.id == page.id => Some(Target::Page(page.id, anchor)),
            // A page that stands in for others need not lead to itself.
            Some(shown) if shown.id == self.page.id => return words(self, parent, false),
            Some(shown) => Some(Target::Page(shown.id, None)),
            None => None,
        };
        let is_link = target.is_some();
        let node = target.map_or(parent, |target| self.open_link(parent, target, place));
        words(self, node, is_link);
        if page.state.is_published() || self.ways.is_some() {
            return;
        }
        let remark = self.text(if is_link {
            "leads-to-helplines"
        } else {
            "ask-care-team"
        });
        self.message(parent, &format!(" ({remark})"), place);
    }

    /// Says that nothing is published here yet, and where help is.
    pub(super) fn none_reviewed(&mut self, parent: NodeId) {
        let part = self.add(parent, Kind::Part(Part::NoneReviewed, None));
        let place = self.place;
        let words = self.text("none-reviewed");
        self.paragraph(part, &words, place);
        let helplines = self.site.helplines(self.page.language);
        if let Some(helplines) = helplines.filter(|page| page.id != self.page.id) {
            let words = self.text("none-reviewed-help");
            let line = self.paragraph(part, &words, place);
            self.add_words(line, " ");
            self.titled_link(line, helplines, place);
        }
    }

    /// Adds a text that may hold placeholders: an interface text, or a text of the data.
    pub(super) fn message(&mut self, parent: NodeId, text: &str, place: Place) {
        let written = self.written_at(text, place);
        let mut at = 0;
        while let Some(open) = text[at..].find('{').map(|open| at + open) {
            let Some(close) = text[open..].find('}').map(|close| open + close) else {
                break;
            };
            self.add_slice(parent, text, at..open, place, written);
            let name = slice_place(place, &(open..close + 1), written);
            self.placeholder(parent, &text[open + 1..close], name, true);
            at = close + 1;
        }
        self.add_slice(parent, text, at..text.len(), place, written);
    }

    fn placeholder(&mut self, parent: NodeId, name: &str, place: Place, links: bool) {
        let Some(filling) = self.spoken().placeholders.get(name) else {
            let help = match nearest(name, placeholders::NAMES) {
                Some(known) => format!("did you mean `{{{known}}}`?"),
                None => format!(
                    "known placeholders are {}",
                    placeholders::NAMES
                        .map(|name| format!("`{{{name}}}`"))
                        .join(", ")
                ),
            };
            self.findings.push(
                Finding::new(
                    &UNKNOWN_PLACEHOLDER,
                    place,
                    format!("`{{{name}}}` stands for nothing"),
                )
                .help(help),
            );
            self.add_owned(parent, &format!("{{{name}}}"), place);
            self.unfilled.insert(place);
            return;
        };
        if filling.is_stand_in {
            self.report_stand_in(name);
        }
        for piece in &filling.pieces {
            match piece {
                Piece::Words(words) => self.add_owned(parent, words, place),
                Piece::Link { words, .. } if !links => self.add_owned(parent, words, place),
                Piece::Link {
                    words,
                    address,
                    is_untranslated,
                } => self.words_in_language_of(
                    parent,
                    !is_untranslated,
                    place,
                    |composer, parent| {
                        let node =
                            composer.open_link(parent, Target::Outside(address.clone()), place);
                        composer.add_runs(node, words, place, None, true);
                    },
                ),
                Piece::ToCrisisPage(words) => match self
                    .crisis_page()
                    .filter(|page| links && page.id != self.page.id)
                {
                    Some(page) => self.link(parent, Target::Page(page.id, None), words, place),
                    None => self.add_owned(parent, words, place),
                },
            }
        }
    }

    fn report_stand_in(&mut self, name: &str) {
        let settings = &self.site.settings;
        let (message, help) = match &settings.country {
            _ if name.starts_with("center.") => (
                format!(
                    "`{{{name}}}` has no value here, so pages print words that stand in for it"
                ),
                center_help(name).to_owned(),
            ),
            // One cause is told once, in the same words for each number; what the strip lacks weighs most.
            None => {
                let missing = match settings.setting {
                    Setting::Custody => {
                        "pages cannot name the emergency number, the crisis line and the poison line"
                    }
                    _ => {
                        "the line at the top of each page cannot name the emergency number and the crisis line"
                    }
                };
                let message = format!("{missing}, because `country` is not set");
                let help = "write the two letters of your country into `stepdown.toml`, above the first line in square brackets, such as `country = \"US\"`";
                (message, help.to_owned())
            }
            Some(country) => (
                format!(
                    "`{{{name}}}` has no value here, so pages print words that stand in for it"
                ),
                format!(
                    "add a row for `{country}` to `content/_data/helplines.toml` with `fills = \"{name}\"` and `publish = \"ok\"`, once somebody has called the number"
                ),
            ),
        };
        self.findings
            .push(Finding::of_site(&PLACEHOLDER_WITHOUT_VALUE, message).help(help));
    }

    /// Gives the page with telephone numbers: the one the settings name, else the list of numbers.
    pub(super) fn crisis_page(&self) -> Option<&'s Page> {
        let named = self
            .site
            .settings
            .safety
            .crisis_page
            .as_ref()
            .map_or("crisis-help", |name| &name.value);
        let found = match lookup::by_name(self.site, self.page.language, named) {
            Found::Page(id, _) => Some(self.site.page(id)),
            _ => None,
        };
        let published = found.filter(|page| page.state.is_published());
        published.or_else(|| self.site.helplines(self.page.language))
    }

    /// Copies the blocks of a document.
    pub(super) fn copy_blocks(&mut self, document: &'s Document, nodes: &[NodeId], parent: NodeId) {
        for node in nodes {
            self.copy(document, *node, parent, Manner::RUNNING);
        }
    }

    /// Copies the children of a node.
    pub(super) fn copy_children(
        &mut self,
        document: &'s Document,
        node: NodeId,
        parent: NodeId,
        manner: Manner,
    ) {
        for child in document.tree.children(node) {
            self.copy(document, child, parent, manner);
        }
    }

    fn copy(&mut self, document: &'s Document, id: NodeId, parent: NodeId, manner: Manner) {
        let tree = &document.tree;
        let node = *tree.node(id);
        match node.kind {
            Kind::Text(words) => {
                let text = tree.words(id, &*self.site.snapshot);
                let is_written = (words == Words::Written).then_some(node.place.start);
                self.add_text(parent, text, node.place, is_written, manner);
            }
            Kind::Code(_) | Kind::CodeBlock(_) => {
                let words = Words::Owned(self.out.keep(tree.words(id, &*self.site.snapshot)));
                let kind = if matches!(node.kind, Kind::Code(_)) {
                    Kind::Code(words)
                } else {
                    Kind::CodeBlock(words)
                };
                self.out.add(parent, kind, node.place);
            }
            Kind::Heading { level, .. } => self.copy_heading(document, id, level, parent),
            Kind::Callout(kind) => self.copy_callout(document, id, kind, parent),
            Kind::Link(link) => {
                self.copy_link(document, id, &tree.links[link as usize], parent, manner)
            }
            Kind::Image(link) => self.copy_image(document, id, &tree.links[link as usize], parent),
            Kind::Citation(citation) => {
                self.cite(&tree.citations[citation as usize], parent, node.place)
            }
            Kind::Placeholder(name) => {
                self.placeholder(parent, tree.kept(name), node.place, manner.links)
            }
            Kind::Embed(embed) => self.embed(&tree.embeds[embed as usize], node.place, parent),
            Kind::FootnoteMark(label) => {
                self.footnote_mark(document, tree.kept(label), parent, node.place)
            }
            Kind::FootnoteText(_) => {}
            Kind::List { .. } | Kind::Item { .. } if self.is_left_out(document, id) => {}
            Kind::Foreign(code) => {
                let code = self.out.keep(tree.kept(code));
                let copied = self.out.add(parent, Kind::Foreign(code), node.place);
                self.copy_children(
                    document,
                    id,
                    copied,
                    Manner {
                        terms: false,
                        ..manner
                    },
                );
            }
            Kind::Element(element) => {
                self.out
                    .elements
                    .push(tree.elements[element as usize].clone());
                let element = u32::try_from(self.out.elements.len() - 1)
                    .expect("a page has fewer than four billion elements");
                let copied = self.out.add(parent, Kind::Element(element), node.place);
                self.copy_children(document, id, copied, manner);
            }
            kind => {
                let copied = self.out.add(parent, kind, node.place);
                let terms = manner.terms
                    && !matches!(
                        kind,
                        Kind::Mention
                            | Kind::Caption
                            | Kind::Row { is_head: true }
                            | Kind::DefinitionTerm(_)
                            | Kind::Quote
                    );
                self.copy_children(document, id, copied, Manner { terms, ..manner });
            }
        }
    }

    fn copy_heading(&mut self, document: &'s Document, id: NodeId, level: u8, parent: NodeId) {
        let place = document.tree.node(id).place;
        let outline = document.outline.iter().find_map(|entry| match entry {
            crate::parse::Outline::Heading {
                node,
                id: wished,
                is_written,
            } if *node == id => Some((wished.as_str(), *is_written)),
            _ => None,
        });
        let level = level.max(2);
        if self.within == Within::FoldedSource {
            let heading = self
                .out
                .add(parent, Kind::Heading { level, id: None }, place);
            self.copy_children(document, id, heading, Manner::PLAIN);
            return;
        }
        let (wished, is_written) = outline.unwrap_or(("section", false));
        let (anchor, is_free) = self.anchors.take(wished);
        if is_written && !is_free {
            let finding = Finding::new(
                &DUPLICATE_ID,
                place,
                format!("the anchor `{wished}` is used twice on this page"),
            );
            let first = self.written_ids.get(wished).copied();
            let finding = first.into_iter().fold(finding, |finding, first| {
                finding.also(first, "it is used here first")
            });
            self.findings
                .push(finding.help("give one of the two headings another `{#name}`"));
        }
        self.written_ids.entry(anchor.clone()).or_insert(place);
        self.level = level;
        let anchor = self.out.keep(&anchor);
        let heading = self.out.add(
            parent,
            Kind::Heading {
                level,
                id: Some(anchor),
            },
            place,
        );
        self.copy_children(document, id, heading, Manner::PLAIN);
    }

    fn copy_callout(
        &mut self,
        document: &'s Document,
        id: NodeId,
        kind: CalloutKind,
        parent: NodeId,
    ) {
        let tree = &document.tree;
        let place = tree.node(id).place;
        let callout = self.out.add(parent, Kind::Callout(kind), place);
        let children: Vec<NodeId> = tree.children(id).collect();
        if kind.has_heading() {
            return self.copy_ways(document, &children, kind, callout);
        }
        let written = children
            .first()
            .copied()
            .filter(|first| tree.node(*first).kind == Kind::CalloutTitle);
        let title_place = written.map_or(place.start_only(), |title| tree.node(title).place);
        let title = self.out.add(callout, Kind::CalloutTitle, title_place);
        let default = self.text(&format!("callout-{}", kind.word()));
        let prefix = self.text(&format!("callout-prefix-{}", kind.word()));
        if let Some(written) = written {
            let words = tree.text_of(written, &*self.site.snapshot).to_lowercase();
            let says_it =
                words.starts_with(prefix.trim_end_matches([':', ' ']).to_lowercase().as_str());
            if prefix.trim().len() > 1 && !says_it {
                let unseen = self.out.add(title, Kind::Unseen, title_place);
                self.add_owned(unseen, &format!("{} ", prefix.trim()), title_place);
            }
            self.copy_children(document, written, title, Manner::PLAIN);
        } else {
            self.message(title, &default, title_place);
        }
        let terms = !kind.is_care_card() && kind != CalloutKind::Steps;
        for child in children.into_iter().filter(|child| Some(*child) != written) {
            if kind == CalloutKind::Dont && matches!(tree.node(child).kind, Kind::List { .. }) {
                self.copy_dont_list(document, child, callout);
            } else {
                self.copy(document, child, callout, Manner { terms, links: true });
            }
        }
    }

    /// Copies what is in a callout that shows ways through the site: its title is a heading, and no link in it has a remark.
    fn copy_ways(
        &mut self,
        document: &'s Document,
        children: &[NodeId],
        kind: CalloutKind,
        callout: NodeId,
    ) {
        let before = (self.level, self.ways);
        let is_heading =
            |node: &NodeId| matches!(document.tree.node(*node).kind, Kind::Heading { .. });
        let body = if let Some((title, body)) = children
            .split_first()
            .filter(|(first, _)| is_heading(first))
        {
            self.copy(document, *title, callout, Manner::PLAIN);
            body
        } else {
            let (anchor, _) = self.anchors.take(&format!("sd-{}", kind.word()));
            let title = self.text(&format!("callout-{}", kind.word()));
            let level = before.0.min(5) + 1;
            self.heading(callout, level, &title, &anchor);
            children
        };
        self.ways = Some(kind);
        for child in body {
            self.copy(document, *child, callout, Manner::PLAIN);
        }
        let is_empty = self.out.first_child(callout) == self.out.last_child(callout);
        if is_empty && !body.is_empty() {
            self.none_reviewed(callout);
        }
        (self.level, self.ways) = before;
    }

    /// Tells whether a choice is left out, or a list of them: there are links to pages, and none leads anywhere. A stage stays, since the
    /// way would lack it.
    fn is_left_out(&self, document: &Document, id: NodeId) -> bool {
        if self.ways != Some(CalloutKind::Choices) {
            return false;
        }
        let tree = &document.tree;
        if matches!(tree.node(id).kind, Kind::List { .. }) {
            let mut items = tree.children(id);
            return items.all(|item| self.is_left_out(document, item));
        }
        let (mut has_page, mut leads_somewhere) = (false, false);
        tree.walk(id, &mut |_, node| {
            if let Kind::Link(link) = node.kind {
                match self.find(document, &tree.links[link as usize]) {
                    Found::Page(page, _) => {
                        has_page = true;
                        leads_somewhere |= self.site.shown_for(self.site.page(page)).is_some();
                    }
                    _ => leads_somewhere = true,
                }
            }
        });
        has_page && !leads_somewhere
    }

    /// Copies a list of what not to do: each item says "do not", since listeners may miss the title.
    fn copy_dont_list(&mut self, document: &'s Document, list: NodeId, parent: NodeId) {
        let tree = &document.tree;
        let copied = self
            .out
            .add(parent, tree.node(list).kind, tree.node(list).place);
        let prefix = self.text("dont-prefix");
        let negations = format!("{prefix},{}", self.text("dont-negations"));
        for item in tree.children(list) {
            let node = *tree.node(item);
            let out = self.out.add(copied, node.kind, node.place);
            let words = tree.text_of(item, &*self.site.snapshot);
            if !begins_with_one_of(&words, &negations) {
                self.add_owned(out, &format!("{prefix} "), node.place.start_only());
            }
            let children: Vec<NodeId> = tree.children(item).collect();
            for (index, child) in children.into_iter().enumerate() {
                if index == 0 && tree.node(child).kind == Kind::Paragraph {
                    self.copy_children(document, child, out, Manner::RUNNING);
                } else {
                    self.copy(document, child, out, Manner::RUNNING);
                }
            }
        }
    }

    fn copy_link(
        &mut self,
        document: &'s Document,
        id: NodeId,
        link: &Link,
        parent: NodeId,
        manner: Manner,
    ) {
        let place = document.tree.node(id).place;
        let inner = Manner {
            terms: false,
            links: false,
        };
        let target = match self.find(document, link) {
            Found::Page(target, anchor) => {
                let page = self.site.page(target);
                self.check_anchor(page, anchor.as_deref(), place);
                if link.takes_title {
                    self.link_page(parent, page, anchor, place);
                    return;
                }
                return self.lead_to(parent, page, anchor, place, |composer, node, is_link| {
                    let links = manner.links && !is_link;
                    composer.copy_children(document, id, node, Manner { links, ..inner });
                });
            }
            Found::Here(anchor)
                if self.within == Within::FoldedSource
                    && !self.site.has_anchor(self.page.id, &anchor) =>
            {
                Target::Nowhere
            }
            Found::Here(anchor) => {
                self.check_anchor(self.page, Some(&anchor), place);
                Target::Here(anchor)
            }
            Found::Asset(file) => Target::Asset(file),
            Found::Outside(address) => Target::Outside(address),
            nowhere @ (Found::Meant(..) | Found::Nothing(..)) => {
                self.report_link(document, place, link, nowhere);
                if let (true, Target::Wiki(name)) = (link.takes_title, &link.target) {
                    self.add_owned(parent, name, place);
                }
                Target::Nowhere
            }
        };
        let out = if target == Target::Nowhere {
            parent
        } else {
            self.open_link(parent, target, place)
        };
        self.copy_children(document, id, out, inner);
    }

    /// Reports a link that leads nowhere.
    fn report_link(&mut self, document: &Document, place: Place, link: &Link, nowhere: Found) {
        let (message, help) = match nowhere {
            Found::Meant(message, meant) => {
                let language = self.page.language;
                let mended =
                    link_advice::link_to(self.site, language, document, place, link, &meant);
                (message, meant.help(&mended))
            }
            Found::Nothing(message, help) => (message, help),
            _ => return,
        };
        self.findings
            .push(Finding::new(&BROKEN_LINK, place, message).help(help));
    }

    /// Finds what a link in a document leads to.
    fn find(&self, document: &Document, link: &Link) -> Found {
        match &link.target {
            Target::Wiki(name) => lookup::by_name(self.site, self.page.language, name),
            Target::Written(address) => lookup::by_path(self.site, self.page, document, address),
            Target::Outside(address) => Found::Outside(address.clone()),
            _ => Found::Here(String::new()),
        }
    }

    fn check_anchor(&mut self, target: &Page, anchor: Option<&str>, place: Place) {
        let Some(anchor) = anchor.filter(|anchor| !self.site.has_anchor(target.id, anchor)) else {
            return;
        };
        let help = link_advice::headings(self.site, place, target, anchor);
        let message = format!(
            "the page `{}` has no heading with the anchor `#{anchor}`",
            target.key
        );
        self.findings
            .push(Finding::new(&BROKEN_ANCHOR, place, message).help(help));
    }

    fn copy_image(&mut self, document: &'s Document, id: NodeId, link: &Link, parent: NodeId) {
        let place = document.tree.node(id).place;
        let Target::Written(address) = &link.target else {
            return;
        };
        let problem = match lookup::by_path(self.site, self.page, document, address) {
            Found::Asset(file) => {
                self.out.links.push(Link { target: Target::Asset(file), ..link.clone() });
                let image = u32::try_from(self.out.links.len() - 1).expect("a page has fewer than four billion links");
                let copied = self.out.add(parent, Kind::Image(image), place);
                self.copy_children(document, id, copied, Manner { terms: false, links: false });
                return;
            }
            Found::Nothing(message, help) => (message, help),
            Found::Meant(message, _) => (message, "name a picture file beside the article".to_owned()),
            Found::Outside(_) => (
                "the picture is on another website, which would learn who reads this page, and it is missing without a network".to_owned(),
                "save the picture beside the article and name the file here".to_owned(),
            ),
            Found::Page(..) | Found::Here(_) => ("this is not a picture".to_owned(), "name a picture file beside the article".to_owned()),
        };
        self.findings
            .push(Finding::new(&MISSING_IMAGE, place, problem.0).help(problem.1));
        self.copy_children(
            document,
            id,
            parent,
            Manner {
                terms: false,
                links: false,
            },
        );
    }

    /// Adds the numbers of cited sources.
    pub(super) fn cite(&mut self, ids: &[Spot<String>], parent: NodeId, place: Place) {
        let numbers: Vec<Spot<String>> = ids
            .iter()
            .filter_map(|id| self.number_of_source(id))
            .collect();
        if numbers.is_empty() {
            return;
        }
        self.out.citations.push(numbers);
        let citation = u32::try_from(self.out.citations.len() - 1)
            .expect("a page has fewer than four billion citations");
        self.out.add(parent, Kind::Citation(citation), place);
    }

    /// Gives the number of a source on this page; one that the data does not have is a finding.
    pub(super) fn number_of_source(&mut self, id: &Spot<String>) -> Option<Spot<String>> {
        let data = &self.language().data;
        if let Some(fault) = data.source_fault(id) {
            self.findings.push(fault);
        }
        data.source(&id.value)?;
        let position = self.citations.iter().position(|cited| *cited == id.value);
        let position = position.unwrap_or_else(|| {
            self.citations.push(id.value.clone());
            self.citations.len() - 1
        });
        Some(Spot {
            value: (position + 1).to_string(),
            place: id.place,
        })
    }

    fn footnote_mark(&mut self, document: &'s Document, label: &str, parent: NodeId, place: Place) {
        let texts = &document.footnotes;
        let Ok(index) = texts.binary_search_by(|(known, _)| document.tree.kept(*known).cmp(label))
        else {
            return;
        };
        let text = texts[index].1;
        let key = (self.text_number, text);
        let number = self.note_numbers.get(&key).copied().unwrap_or_else(|| {
            self.notes.push(Note {
                document,
                text,
                voice: self.voice,
                text_number: self.text_number,
                embeds: self.embeds.clone(),
            });
            self.note_numbers.insert(key, self.notes.len());
            self.notes.len()
        });
        let number = self.out.keep(&number.to_string());
        self.out.add(parent, Kind::FootnoteMark(number), place);
    }

    /// Tells whether footnotes were marked so far.
    pub(super) fn has_footnotes(&self) -> bool {
        !self.notes.is_empty()
    }

    /// Adds the texts of all footnotes that were marked, those of shared texts too.
    pub(super) fn footnotes(&mut self, parent: NodeId) {
        let section = self.add(parent, Kind::Footnotes);
        let title = self.text("footnotes");
        self.heading(section, 2, &title, "sd-footnotes");
        let mut at = 0;
        while let Some(note) = self.notes.get(at) {
            let (document, text, voice) = (note.document, note.text, note.voice);
            self.text_number = note.text_number;
            self.embeds.clone_from(&note.embeds);
            at += 1;
            let number = self.out.keep(&at.to_string());
            let place = document.tree.node(text).place;
            let note = self.out.add(section, Kind::FootnoteText(number), place);
            self.spoken_in(voice, note, place, |composer, parent| {
                composer.copy_children(document, text, parent, Manner::RUNNING)
            });
        }
        self.text_number = 0;
        self.embeds.clear();
    }

    /// Puts in a shared text or a component.
    fn embed(&mut self, embed: &Embed, place: Place, parent: NodeId) {
        let name = &embed.name.value;
        let site: &'s Site = self.site;
        let shared = match self.within {
            Within::FoldedSource => site.source_text(name).map(|shared| (0, shared)),
            Within::Page | Within::LabelledText => lookup::shared_text(site, self.page, name),
        };
        if let Some((language, shared)) = shared {
            if self.is_wanted(embed) {
                self.embed_text(name, language, shared, place, parent);
            }
            return;
        }
        if let Some(component) = components::find(name) {
            if self.is_wanted(embed) {
                component(self, parent, &embed.options, place);
            }
            return;
        }
        let texts = site.shared.keys().map(|(_, name)| name.as_str());
        let help = match nearest(
            name,
            components::names()
                .map(|name| -> &str { name })
                .chain(texts),
        ) {
            _ if is_picture(name) => format!(
                "put the picture beside the article and write `![what the picture shows]({})`",
                percent_encode(name)
            ),
            Some(known) => format!("did you mean `![[{known}]]`?"),
            None => format!(
                "put the text into `content/_shared/{}/{name}.md`, or name one of {}",
                self.text_language().language,
                components::names().collect::<Vec<_>>().join(", ")
            ),
        };
        let at = embed.name.place;
        self.findings.push(
            Finding::new(
                &UNKNOWN_EMBED,
                at,
                format!("there is no shared text and no component `{name}`"),
            )
            .help(help),
        );
    }

    /// Puts in a shared text that is in a language of the site.
    fn embed_text(
        &mut self,
        name: &str,
        language: usize,
        shared: &'s Document,
        place: Place,
        parent: NodeId,
    ) {
        if self.embeds.iter().any(|open| open == name) || self.embeds.len() >= MAX_EMBEDS {
            let way = self
                .embeds
                .iter()
                .map(String::as_str)
                .chain([name])
                .collect::<Vec<_>>()
                .join(" → ");
            let finding = Finding::new(
                &EMBED_CYCLE,
                place,
                format!("this text is put into itself: {way}"),
            );
            self.findings
                .push(finding.help("take one of these embeds out"));
            return;
        }
        self.texts += 1;
        if self.texts > MAX_TEXTS {
            if self.texts == MAX_TEXTS + 1 {
                let message = format!(
                    "more than {MAX_TEXTS} shared texts are put into the page `{}`",
                    self.page.key
                );
                self.findings.push(
                    Finding::new(&TOO_LARGE, place, message)
                        .help("take some out; shared texts that hold others multiply"),
                );
            }
            return;
        }
        self.embeds.push(name.to_owned());
        self.has_text_by_program |= shared.front.written_by.is_some();
        let is_labelled = self.needs_label(language, shared);
        let within = self.within;
        if is_labelled {
            self.within = Within::LabelledText;
        }
        self.spoken_in(language, parent, place, |composer, parent| {
            let blocks: Vec<NodeId> = shared.tree.children(Tree::ROOT).collect();
            let number = std::mem::replace(&mut composer.text_number, composer.texts);
            composer.copy_blocks(shared, &blocks, parent);
            composer.text_number = number;
            composer.embeds.pop();
            if is_labelled {
                composer.label_text(name, place, parent);
            }
        });
        self.within = within;
    }

    /// Tells whether a shared text must say that a computer program translated it and nobody has checked that: not where the label of the
    /// page, or of a text around it, says so. Where the settings refuse such a text, it is a finding.
    fn needs_label(&mut self, language: usize, shared: &Document) -> bool {
        if language == 0 {
            return false;
        }
        if let Some(translation) = &shared.front.translation {
            for person in translation.by.iter().chain(&translation.checked_by) {
                self.person(person);
            }
        }
        if !provenance::is_unchecked_by_program(&shared.front) {
            return false;
        }
        if self.site.settings.publish.unchecked_translations == Publishing::Refuse {
            let finding = Finding::new(
                &UNCHECKED_TRANSLATION,
                shared.start,
                "nobody has checked the translation of this shared text",
            );
            self.findings.push(finding.help("let somebody who speaks both languages check it and write `checked_by`, or set `unchecked_translations` to `hide` or `label`"));
        }
        let page = self.site.provenance(self.page);
        self.within == Within::Page && !page.is_some_and(Provenance::is_unchecked_by_program)
    }

    /// Says below a shared text that a computer program translated it and nobody has checked that, and folds the source's text beside it.
    fn label_text(&mut self, name: &str, place: Place, parent: NodeId) {
        let site: &'s Site = self.site;
        let part = self
            .out
            .add(parent, Kind::Part(Part::Translation, None), place);
        let label = self.text("label-text");
        self.paragraph(part, &label, place);
        let Some(source) = site.source_text(name) else {
            return;
        };
        let fold = self.out.add(part, Kind::Callout(CalloutKind::More), place);
        let title = self.out.add(fold, Kind::CalloutTitle, place);
        let words = self.text_about_source("source-text");
        self.add_owned(title, &words, place);
        self.within = Within::FoldedSource;
        self.embed_text(name, 0, source, place, fold);
    }

    /// Adds blocks of a language of the site; where it is another one than is spoken now, in a part that says so.
    fn spoken_in(
        &mut self,
        voice: usize,
        parent: NodeId,
        place: Place,
        add: impl FnOnce(&mut Self, NodeId),
    ) {
        if voice == self.voice {
            add(self, parent);
            return;
        }
        let code = self.out.keep(self.site.languages[voice].language.code());
        let part = self.out.add(parent, Kind::ForeignBlock(code), place);
        let before = std::mem::replace(&mut self.voice, voice);
        add(self, part);
        self.voice = before;
    }

    /// Tells whether the conditions of an embed hold: `country=US,GB` and `show=taper_figures`.
    fn is_wanted(&mut self, embed: &Embed) -> bool {
        let mut is_wanted = true;
        for (key, value) in &embed.options {
            match key.value.as_str() {
                "country" if components::find(&embed.name.value).is_none() => {
                    let own = self.site.settings.country.as_deref();
                    is_wanted &= self.countries(value).iter().any(|code| {
                        let is_union = *code == "EU" && own.is_some_and(is_in_european_union);
                        Some(*code) == own || is_union
                    });
                }
                "show" if value.value.eq_ignore_ascii_case("taper_figures") => {
                    is_wanted &= self.site.settings.publish.taper_figures
                }
                "show" => self.wrong_option(
                    value,
                    "`show` knows only one word",
                    "write `show=taper_figures`",
                ),
                other if components::options(&embed.name.value).contains(&other) => {}
                other => {
                    let is_text = components::find(&embed.name.value).is_none();
                    let own = components::options(&embed.name.value);
                    let known: Vec<&str> = ["show"]
                        .into_iter()
                        .chain(is_text.then_some("country"))
                        .chain(own.iter().copied())
                        .collect();
                    let help = format!("known options are {}", known.join(", "));
                    self.wrong_option(
                        key,
                        &format!("`{other}` is not an option of `{}`", embed.name.value),
                        &help,
                    );
                }
            }
        }
        is_wanted
    }

    /// Reads the codes of countries in an option; what is no code is a finding.
    pub(super) fn countries(&mut self, option: &Spot<String>) -> Vec<&'static str> {
        let mut codes = Vec::new();
        for written in option.value.split(',').map(str::trim) {
            let shared = ["EU", "XX"];
            let shared = shared
                .into_iter()
                .find(|code| code.eq_ignore_ascii_case(written));
            if let Some(code) = country::code(written).or(shared) {
                codes.push(code);
                continue;
            }
            let at = within(option.place, written, &*self.site.snapshot);
            let at = at.filter(|_| !written.is_empty()).unwrap_or(option.place);
            let message = if written.is_empty() {
                "`country=` names no country, so nothing is shown here".to_owned()
            } else {
                format!("`{written}` is not a code of a country, so nothing is shown here")
            };
            let code = country::code_of_name(written).or_else(|| {
                let own = self.site.settings.country.as_deref();
                own.filter(|_| written.is_empty()).and_then(country::code)
            });
            let help = match code {
                Some(code) => format!("write `country={code}`"),
                None => "write the two letters of the country (ISO 3166), such as `country=US`"
                    .to_owned(),
            };
            self.findings
                .push(Finding::new(&WRONG_VALUE, at, message).help(help));
        }
        codes
    }

    /// Reports an option of an embed that cannot be used.
    pub(super) fn wrong_option(&mut self, at: &Spot<String>, message: &str, help: &str) {
        self.findings
            .push(Finding::new(&WRONG_VALUE, at.place, message).help(help));
    }

    /// Adds text of an author: terms of the glossary are linked at their first use.
    fn add_text(
        &mut self,
        parent: NodeId,
        text: &str,
        place: Place,
        written: Option<u32>,
        manner: Manner,
    ) {
        let mut at = 0;
        if manner.terms && manner.links && self.within != Within::FoldedSource {
            let glossary = &self.text_language().glossary;
            for (range, row) in glossary.find(text) {
                if range.start < at
                    || self.seen_terms[row as usize]
                    || &*self.page.key == "glossary"
                {
                    continue;
                }
                self.seen_terms[row as usize] = true;
                self.terms.push(row);
                self.add_slice(parent, text, at..range.start, place, written);
                let term =
                    self.out
                        .add(parent, Kind::Term(row), slice_place(place, &range, written));
                self.add_slice(term, text, range.clone(), place, written);
                at = range.end;
            }
        }
        self.add_slice(parent, text, at..text.len(), place, written);
    }

    fn add_slice(
        &mut self,
        parent: NodeId,
        text: &str,
        range: Range<usize>,
        place: Place,
        written: Option<u32>,
    ) {
        if !range.is_empty() {
            let at = slice_place(place, &range, written);
            self.add_runs(parent, &text[range], at, written.map(|_| at.start), false);
        }
    }

    /// Adds text in runs: what runs against the direction of the page's text is set apart.
    fn add_runs(
        &mut self,
        parent: NodeId,
        text: &str,
        place: Place,
        written: Option<u32>,
        is_number: bool,
    ) {
        let is_right_to_left = self.spoken().language.is_right_to_left();
        if is_number && is_right_to_left {
            let isolate = self.out.add(parent, Kind::Isolate, place);
            self.push_owned(isolate, text, place);
            return;
        }
        let mut at = 0;
        for run in runs_against(text, is_right_to_left) {
            self.add_run(parent, text, at..run.start, place, written);
            let isolate = self
                .out
                .add(parent, Kind::Isolate, slice_place(place, &run, written));
            self.add_run(isolate, text, run.clone(), place, written);
            at = run.end;
        }
        self.add_run(parent, text, at..text.len(), place, written);
    }

    fn add_run(
        &mut self,
        parent: NodeId,
        text: &str,
        range: Range<usize>,
        place: Place,
        written: Option<u32>,
    ) {
        if range.is_empty() {
            return;
        }
        let at = slice_place(place, &range, written);
        if written.is_some() {
            self.out.add(parent, Kind::Text(Words::Written), at);
        } else {
            self.push_owned(parent, &text[range], at);
        }
    }
}

/// Says how a placeholder of the center gets its value.
fn center_help(name: &str) -> &'static str {
    if matches!(name, "center.phone" | "center.after_hours") {
        "write a number that clinical staff answer into `content/_data/center.toml`, with `line = \"clinical\"`"
    } else {
        "write the value into `content/_data/center.toml`"
    }
}

/// Tells whether a text begins with one of some words, which have commas between them, in any case and with any apostrophe.
fn begins_with_one_of(text: &str, words: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace(['’', 'ʼ', '‘', '´', '`'], "'");
    let text = plain(text);
    let text = text.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    words.split([',', '،']).any(|word| {
        let word = plain(word.trim());
        let rest = text
            .strip_prefix(word.as_str())
            .filter(|_| !word.is_empty());
        rest.is_some_and(|rest| {
            !rest.starts_with(|next: char| next.is_alphanumeric() || next == '\'')
        })
    })
}

fn slice_place(place: Place, range: &Range<usize>, written: Option<u32>) -> Place {
    match written {
        Some(start) => Place::new(
            place.file,
            start as usize + range.start..start as usize + range.end,
        ),
        None => place,
    }
}

/// Tells whether a name is that of a picture.
fn is_picture(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}
