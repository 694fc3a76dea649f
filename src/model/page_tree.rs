//! Makes the one tree of a page: its article with embeds, links, citations and placeholders resolved, in the frame that every page has.
//!
//! Every node keeps the place it was written at, also into shared texts and data. What cannot be resolved becomes a finding and stays as words.

mod copy;
mod embeds;

use crate::base::direction::runs_against;
use crate::base::nearest::nearest;
use crate::base::place::{Place, words_at};
use crate::finding::rules::{PLACEHOLDER_WITHOUT_VALUE, UNKNOWN_PLACEHOLDER};
use crate::finding::{Finding, Findings, did_you_mean};
use crate::model::block_text::block_texts;
use crate::model::leftover_markup;
use crate::model::lookup::{self, Anchors, Found};
use crate::model::page_texts::{self, Texts, Within};
use crate::model::placeholders::{self, Piece};
use crate::model::{LanguageSite, Page, Site};
use crate::parse::tree::{Kind, Link, NodeId, Part, Target, Tree, Words};
use crate::settings::Setting;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

/// How many nodes the frame of a page has, roughly.
const FRAME_NODES: usize = 100;

/// Makes the tree of a page.
pub(crate) fn page_tree(site: &Site, page: &Page, findings: &mut Findings) -> Tree {
    let mut composer = Composer::new(site, page, findings);
    composer.frame();
    debug_assert!(
        composer.has_what_was_walked(),
        "the tree of `{}` has other anchors or sources than a walk through its texts meets",
        page.key
    );
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
    let language = site.language_of(page);
    let numbers = &language.numbers;
    block_texts(tree, &*site.snapshot, &mut |block| {
        numbers.check_block(block, findings);
        leftover_markup::check(block, &language.data, &*site.snapshot, unfilled, findings);
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
    /// Which of the texts of the page is copied now, and what it puts in.
    texts: Texts<'s>,
    anchors: Anchors,
    written_ids: HashMap<String, Place>,
    seen_terms: Vec<bool>,
    /// The terms of the glossary that the text uses, in order.
    pub terms: Vec<u32>,
    /// Where placeholders stand that nothing fills.
    unfilled: BTreeSet<Place>,
    /// Whether a computer program wrote a shared text that was put in.
    pub has_text_by_program: bool,
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
            texts: Texts::new(site, page),
            anchors: Anchors::default(),
            written_ids: HashMap::new(),
            seen_terms: vec![false; site.languages[page.text_language].glossary.len()],
            terms: Vec::new(),
            unfilled: BTreeSet::new(),
            has_text_by_program: false,
        }
    }

    /// Tells whether the tree has the anchors and cites the sources that a walk through the texts of the page meets. Letters of a list
    /// from A to Z are no anchors for authors.
    fn has_what_was_walked(&self) -> bool {
        let walked = page_texts::anchors(self.site, self.page);
        let mut own = self.anchors.clone().all();
        own.retain(|id| !id.starts_with("sd-letter-") || walked.contains(id));
        let data = &self.language().data;
        let cited = page_texts::cited_on(self.site, self.page).into_iter();
        let cited: BTreeSet<&str> = cited.filter(|id| data.source(id).is_some()).collect();
        own == walked && cited == self.citations.iter().map(String::as_str).collect()
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

    /// Gives the id for an anchor of ours that is wished, with a number behind it where another part of the page has it.
    pub(super) fn anchor(&mut self, wished: &str) -> String {
        self.anchors.take(wished).0
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
        let link = self.out.add_link(Link {
            target,
            takes_title: false,
            is_decorative: false,
        });
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
        if page.state.is_published() || self.texts.ways.is_some() {
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
            let braced = |name: &str| format!("{{{name}}}");
            let help = did_you_mean(nearest(name, placeholders::NAMES).map(braced), || {
                let known = placeholders::NAMES.map(|name| format!("`{}`", braced(name)));
                format!("known placeholders are {}", known.join(", "))
            });
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
        let data = &self.language().data;
        let is_lost = if name.starts_with("center.") {
            data.lacks_rows("center")
        } else {
            data.lacks_rows("helplines") || settings.has_gaps
        };
        if is_lost {
            return;
        }
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
        if manner.terms && manner.links && self.texts.within != Within::FoldedSource {
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

fn slice_place(place: Place, range: &Range<usize>, written: Option<u32>) -> Place {
    match written {
        Some(start) => Place::new(
            place.file,
            start as usize + range.start..start as usize + range.end,
        ),
        None => place,
    }
}
